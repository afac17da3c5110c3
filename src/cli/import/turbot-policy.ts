import { parse as parseYaml } from 'yaml'
import { nearest } from '../../model/nearest.ts'
import type { PolicyAnswer, PolicyType } from '../../model/policy.ts'
import { fault } from '../../policies/validate.ts'
import type { Plain } from './hcl/work-out.ts'

const uri = /^tmod:@([\w-]+\/[\w-]+)#\/policy\/types\/([\w-]+)$/

/** Letters and digits alone: `repositoryPullRequestDeleteBranchOnMerge` and our path differ in the rest. */
const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

const ofGitHub = (path: string): string => bare(path.replace(/^GitHub > /, ''))

/** Something of Turbot's that has no like here; the message says why. */
export class NoMatch extends Error {
  /** It is about another system than GitHub, and nothing is lost. */
  readonly isForeign: boolean

  constructor(message: string, isForeign = false) {
    super(message)
    this.isForeign = isForeign
  }
}

/** Our policy for the URI of one of Turbot's. Throws `NoMatch`. */
export function policyFor(type: string, types: ReadonlyMap<string, PolicyType>): PolicyType {
  const [, mod, name = ''] = uri.exec(type) ?? []
  if (mod === undefined) throw new NoMatch(`“${type}” is not the URI of a policy type`)
  if (mod !== 'turbot/github') throw new NoMatch(`it is a policy of @${mod}, and Guardpost guards GitHub`, true)
  const known = [...types.values()]
  const found = known.find(({ path }) => ofGitHub(path) === bare(name))
  if (found) return found
  const near = known.find(
    ({ path }) =>
      ofGitHub(path) ===
      nearest(
        bare(name),
        known.map(({ path }) => ofGitHub(path)),
      ),
  )
  throw new NoMatch(`Guardpost has no policy for \`${name}\`; the nearest is \`${near?.path}\``)
}

/** Where Turbot says it in other words. Its pack that makes repositories private asks for `Enabled`. */
const otherWords: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    'GitHub > Repository > Visibility',
    new Map([
      ['Check: Enabled', 'Check: Private'],
      ['Enforce: Enabled', 'Enforce: Private'],
    ]),
  ],
])

/** Turbot's value as an answer to our policy. Turbot takes lists as YAML in a text as well. Throws `NoMatch`. */
export function answerFor(type: PolicyType, value: Plain): PolicyAnswer {
  const answer = type.kind === 'list' ? listOf(value) : wordOf(type, textOf(value))
  const wrong = fault(type, answer)
  if (wrong) throw new NoMatch(wrong)
  return answer
}

function wordOf({ path, values = [] }: PolicyType, text: string): string {
  return otherWords.get(path)?.get(text) ?? values.find((value) => bare(value) === bare(text)) ?? text
}

function listOf(value: Plain): string[] {
  const list = typeof value === 'string' ? fromYaml(value) : value
  if (!Array.isArray(list)) throw new NoMatch('it is not a list')
  return list.map(textOf)
}

function fromYaml(text: string): unknown {
  try {
    return parseYaml(text, { maxAliasCount: 0 })
  } catch {
    throw new NoMatch('its value is not YAML')
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'object') throw new NoMatch('its value is not a text')
  return String(value).trim()
}
