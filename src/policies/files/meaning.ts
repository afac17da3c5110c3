import { nearest } from '../../model/nearest.ts'
import type { PolicyType } from '../../model/policy.ts'
import type { FileFault } from '../../model/policy-file.ts'
import { fault } from '../validate.ts'
import type { FileAnswer, FileTarget, PolicyFiles } from './content.ts'
import { faultAt } from './fault-at.ts'

/** What files may speak of. */
export interface Known {
  readonly types: ReadonlyMap<string, PolicyType>
  /** The names of the packs that Guardpost ships. */
  readonly packs: readonly string[]
  /** What is wrong with an expression; null: nothing. */
  readonly expressionFault: (expression: string, type: PolicyType) => string | null
  /** The name of the repository that the files are in: they say nothing of it. Null: they are in none. */
  readonly ownRepository: string | null
}

/** What is wrong with what well-formed files mean. */
export function* meaningFaults({ settings, packs, attachments }: PolicyFiles, known: Known): Iterable<FileFault> {
  for (const setting of settings) {
    yield* answerFaults(setting, known)
    if (isOwn(setting.on, known)) yield faultAt(setting.places.on, ofItself)
    if (setting.on !== null && setting.policy.startsWith('GitHub > Organization > '))
      yield faultAt(setting.places.on, `\`${setting.policy}\` is about the organization: leave \`on\` out.`)
  }
  for (const pack of packs) {
    if (known.packs.includes(pack.name))
      yield faultAt(pack.place, `Guardpost ships a pack \`${pack.name}\`: take another name.`)
    for (const answer of pack.settings) yield* answerFaults(answer, known)
  }
  const names = [...packs.map(({ name }) => name), ...known.packs]
  for (const { pack, on, place } of attachments) {
    if (!names.includes(pack)) yield faultAt(place, unknown('pack', pack, names))
    if (isOwn(on, known)) yield faultAt(place, ofItself)
  }
}

const ofItself = 'Policy files say nothing of the repository that they are in: set it in the console.'

const isOwn = (on: FileTarget, { ownRepository }: Known): boolean =>
  on?.repository !== undefined && on.repository.toLowerCase() === ownRepository?.toLowerCase()

const unknown = (what: string, name: string, names: readonly string[]): string => {
  const near = nearest(name.slice(0, 200), names)
  return `There is no ${what} \`${name.slice(0, 200)}\`.${near && ` Did you mean \`${near}\`?`}`
}

function* answerFaults(said: FileAnswer, { types, expressionFault }: Known): Iterable<FileFault> {
  const { policy, value, expression, startsAt, expiresAt, places } = said
  const type = types.get(policy)
  const settable = [...types.values()].filter(({ reserved }) => !reserved).map(({ path }) => path)
  if (!type) return yield faultAt(places.policy, unknown('policy', policy, settable))
  if (type.reserved)
    yield faultAt(places.policy, `\`${policy}\` is not for policy files: set it at the command line or in the console.`)
  const wrong = value === null ? null : fault(type, value)
  if (wrong) yield faultAt(places.value, wrong)
  const wrongExpression = expression === null ? null : expressionFault(expression, type)
  if (wrongExpression) yield faultAt(places.expression, wrongExpression)
  if (startsAt !== null && expiresAt !== null && expiresAt <= startsAt)
    yield faultAt(places.expires, 'It ends before it begins.')
}
