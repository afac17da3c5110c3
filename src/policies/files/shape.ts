import { z } from 'zod'
import { nearest } from '../../model/nearest.ts'
import { visibilities } from '../../model/selector.ts'
import { limits } from './limits.ts'

/** An object that takes these keys and no other. */
const closed = <Shape extends z.core.$ZodShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? unknownKey(String(issue.keys[0]), Object.keys(shape))
        : 'It takes keys with values, `key: value`.',
  })

/** Looked at only where all else is right. */
const soundly = (error: string) => ({ error, when: ({ issues }: z.core.ParsePayload) => issues.length === 0 })

const unknownKey = (key: string, known: readonly string[]): string => {
  const shown = key.slice(0, 100)
  return `There is no key \`${shown}\` here. Did you mean \`${nearest(shown, known)}\`? It takes: ${known.join(', ')}.`
}

const ofText = (most: number) =>
  z.string('It takes text: put it in quotes.').min(1, 'It is empty.').max(most, `It is longer than ${most} characters.`)

const text = ofText(limits.text)
const listOf = <Item extends z.ZodType>(item: Item, most: number) =>
  z.array(item, { error: 'It takes a list: lines that begin with `- `.' }).max(most, `More than ${most} are not taken.`)
const flag = z.boolean({ error: 'It takes true or false.' })
const time = z.iso.datetime({ offset: true, error: 'It takes a time with its zone, like 2027-01-31T00:00:00Z.' })

const visibility = z.enum(visibilities, { error: `It takes: ${visibilities.join(', ')}.` })

/** Which repositories: those that are all that is said. */
const selector = closed({
  name: text.optional().describe('A pattern of names, such as `svc-*`.'),
  topic: text.optional().describe('A topic that they have.'),
  property: z
    .record(text, text, { error: 'It takes names of custom properties with their values.' })
    .optional()
    .describe('Custom properties, each with its value.'),
  visibility: listOf(visibility, visibilities.length).optional(),
  archived: flag.optional(),
  fork: flag.optional(),
}).refine((all) => Object.keys(all).length > 0, soundly('It says nothing: leave `on` out for the whole organization.'))

const on = closed({
  repository: text.optional().describe('One repository, by its name without the organization.'),
  selector: selector.optional().describe('All repositories that fit.'),
}).refine(
  ({ repository, selector }) => (repository === undefined) !== (selector === undefined),
  soundly('It takes one of: repository, selector. Leave `on` out for the whole organization.'),
)

const valueOrExpression = soundly('It takes one of: value, expression.')
const isAnswered = ({ value, expression }: { value?: unknown; expression?: unknown }) =>
  (value === undefined) !== (expression === undefined)

const answered = {
  policy: text.describe('The path of a policy.'),
  value: z
    .union([text, listOf(text, limits.members)], {
      error: 'It takes text, or a list of texts; in quotes where need be.',
    })
    .optional()
    .describe('The answer.'),
  expression: ofText(limits.expression).optional().describe('The answer as an expression in CEL, in place of a value.'),
  precedence: z
    .enum(['required', 'recommended'], { error: 'It takes: required, recommended.' })
    .default('required')
    .describe('Whether more specific settings may differ.'),
  note: text.optional().describe('Why.'),
  starts: time.optional().describe('From when it is in force.'),
  expires: time.optional().describe('Until when it is in force.'),
}

const packName = /^[a-z0-9][a-z0-9-]{0,99}$/

/** A policy file. What its words mean is looked at apart: whether there is such a policy, and whether it takes the value. */
export const policyFileShape = closed({
  settings: listOf(closed({ ...answered, on: on.optional() }).refine(isAnswered, valueOrExpression), limits.settings)
    .default([])
    .describe('Settings of the organization and of its repositories.'),
  packs: z
    .record(
      z.string().regex(packName, 'A pack is named by lower-case letters, digits and hyphens.'),
      closed({
        title: text.optional(),
        settings: listOf(closed(answered).refine(isAnswered, valueOrExpression), limits.settings),
      }),
      { error: 'It takes packs by their names.' },
    )
    .default({})
    .describe('Named sets of settings, to be attached.'),
  attach: listOf(closed({ pack: text, on: on.optional() }), limits.settings)
    .default([])
    .describe('Packs, this file’s or Guardpost’s own, in the order in which they count.'),
})

export type PolicyFileShape = z.infer<typeof policyFileShape>
