import type { z } from 'zod'
import type { FileFault, SourceFile } from '../../model/policy-file.ts'
import type { FileAnswer, PolicyFiles } from './content.ts'
import { faultAt } from './fault-at.ts'
import { limits } from './limits.ts'
import { type ReadYaml, readYaml } from './read-yaml.ts'
import { type PolicyFileShape, policyFileShape } from './shape.ts'

/** What one file says, every part with its place; or where it has not the shape of a policy file. */
export function contentOf(file: SourceFile): PolicyFiles | readonly FileFault[] {
  const yaml = readYaml(file)
  if (!('value' in yaml)) return yaml
  // A file of comments alone says nothing, and that is no fault.
  const shaped = policyFileShape.safeParse(yaml.value ?? {})
  if (shaped.success) return placed(shaped.data, yaml)
  return shaped.error.issues.slice(0, limits.faults).map((issue) => faultOf(issue, yaml))
}

function faultOf(issue: z.core.$ZodIssue, yaml: ReadYaml): FileFault {
  const path = [...issue.path]
  if (issue.code === 'unrecognized_keys') return faultAt(yaml.keyPlace([...path, String(issue.keys[0])]), issue.message)
  // Zod says of a record's key what is wrong inside the issue of the record.
  if (issue.code === 'invalid_key') return faultAt(yaml.keyPlace(path), issue.issues[0]?.message ?? issue.message)
  return faultAt(yaml.place(path), inWords(issue, yaml))
}

function inWords({ code, path, message }: z.core.$ZodIssue, yaml: ReadYaml): string {
  if (code !== 'invalid_type') return message
  return yaml.has(path) ? message : `\`${String(path.at(-1))}\` is missing here.`
}

function placed({ settings, packs, attach }: PolicyFileShape, yaml: ReadYaml): PolicyFiles {
  return {
    settings: settings.map((said, index) => ({
      ...answerOf(said, yaml, ['settings', index]),
      on: said.on ?? null,
    })),
    packs: Object.entries(packs).map(([name, { title, settings: inside }]) => ({
      name,
      title: title ?? null,
      settings: inside.map((said, index) => answerOf(said, yaml, ['packs', name, 'settings', index])),
      place: yaml.keyPlace(['packs', name]),
    })),
    attachments: attach.map(({ pack, on }, index) => ({
      pack,
      on: on ?? null,
      place: yaml.place(['attach', index, 'pack']),
    })),
  }
}

type Said = PolicyFileShape['packs'][string]['settings'][number]

function answerOf(said: Said, yaml: ReadYaml, path: readonly PropertyKey[]): FileAnswer {
  const { policy, value, expression, precedence, note, starts, expires } = said
  const places = Object.fromEntries(
    ['policy', 'value', 'expression', 'expires', 'on'].map((key) => [key, yaml.place([...path, key])]),
  )
  return {
    policy,
    value: value ?? null,
    expression: expression ?? null,
    precedence,
    note: note ?? null,
    startsAt: starts === undefined ? null : Date.parse(starts),
    expiresAt: expires === undefined ? null : Date.parse(expires),
    places: places as FileAnswer['places'],
  }
}
