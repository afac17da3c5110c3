import { z } from 'zod'
import type { Json } from '../model/resource.ts'
import { type Selector, visibilities } from '../model/selector.ts'

export const selectorParts = {
  name: z.string().min(1).max(200),
  topic: z.string().min(1).max(50),
  property: z.record(z.string().max(75), z.string().max(75)).refine((names) => Object.keys(names).length > 0),
  visibility: z.array(z.enum(visibilities)).min(1).readonly(),
  archived: z.boolean(),
  fork: z.boolean(),
}

/** A selector as people write it, in requests and options. */
export const selectorShape = z
  .strictObject(selectorParts)
  .partial()
  .refine((selector) => Object.values(selector).some((value) => value !== undefined), {
    message: 'A selector names at least one of: name, topic, property, visibility, archived, fork.',
  })
  // What is not said is not there, rather than undefined.
  .transform((selector): Selector => JSON.parse(JSON.stringify(selector)))

const fields = {
  name: ['name', 'nameWithOwner'],
  topic: ['topics'],
  visibility: ['visibility'],
  archived: ['isArchived'],
  fork: ['isFork'],
  property: [],
} as const

/** The fields of a repository that a selector reads; custom properties are of a resource of their own. */
export const fieldsOf = (selector: Selector): string[] =>
  (Object.keys(selector) as (keyof Selector)[]).flatMap((part) => fields[part])

/** What a selector is held against: a repository's data, and its custom properties (null: not known). */
export interface Selectable {
  readonly data: Readonly<Record<string, Json | undefined>>
  readonly properties: Readonly<Record<string, Json>> | null
}

/** Whether a repository is one of those selected. What is not known does not match. */
export function matches(selector: Selector, { data, properties }: Selectable): boolean {
  const { name, topic, property, visibility, archived, fork } = selector
  const wanted = visibility as readonly unknown[] | undefined
  return (
    (archived === undefined || data.isArchived === archived) &&
    (fork === undefined || data.isFork === fork) &&
    (wanted === undefined || wanted.includes(data.visibility)) &&
    (topic === undefined || has(data.topics, topic)) &&
    (property === undefined || Object.entries(property).every(([key, value]) => has(properties?.[key], value))) &&
    (name === undefined || isNamed(name, name.includes('/') ? data.nameWithOwner : data.name))
  )
}

const isNamed = (pattern: string, name: Json | undefined): boolean =>
  typeof name === 'string' && fits(pattern.toLowerCase(), name.toLowerCase())

const has = (said: Json | undefined, wanted: string): boolean =>
  Array.isArray(said) ? said.includes(wanted) : said === wanted

/** Whether a text fits a pattern of `*` and `?`. Of several stars only the last is gone back to, so it ends soon. */
function fits(pattern: string, text: string): boolean {
  let at = 0
  let star = -1
  let retry = 0
  for (let from = 0; from < text.length; ) {
    const letter = pattern[at]
    if (letter === '*') {
      star = at++
      retry = from
    } else if (letter === '?' || letter === text[from]) {
      at++
      from++
    } else if (star >= 0) {
      at = star + 1
      from = ++retry
    } else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}

/** E.g. `name svc-*, property tier gold, archived no`. */
export function selectorInWords({ name, topic, property = {}, visibility, archived, fork }: Selector): string {
  const yesOrNo = (said: boolean) => (said ? 'yes' : 'no')
  return [
    ...(name === undefined ? [] : [`name ${name}`]),
    ...(topic === undefined ? [] : [`topic ${topic}`]),
    ...Object.entries(property).map(([key, value]) => `property ${key} ${value}`),
    ...(visibility === undefined ? [] : [`visibility ${visibility.join(' or ')}`]),
    ...(archived === undefined ? [] : [`archived ${yesOrNo(archived)}`]),
    ...(fork === undefined ? [] : [`fork ${yesOrNo(fork)}`]),
  ].join(', ')
}
