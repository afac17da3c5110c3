import type { Connection } from '../../model/connection.ts'
import type { NewPolicySetting, PolicySetting } from '../../model/policy.ts'
import type { PolicyStatement } from '../../model/policy-pack.ts'
import type { FieldChange } from '../../model/resource.ts'
import { sameJson } from '../../model/same-json.ts'
import { selectorKey } from '../../model/selector.ts'
import type { Store } from '../../model/store.ts'
import { spotOf, statementsOf } from '../../policies/statements.ts'
import type { Asked } from '../touched.ts'
import { settingKey } from './proposed.ts'
import type { WantedPolicies } from './wanted.ts'

/** What was of files and is asked otherwise now. */
export interface Swapped {
  readonly asked: readonly Asked[]
  readonly changes: readonly FieldChange[]
}

/**
 * Puts what the files ask for in the place of what they asked for before, in the transaction of `store`. What is the same
 * stays as it is, with its age.
 */
export async function swap(
  store: Store,
  connection: Connection,
  wanted: WantedPolicies,
  now: number,
): Promise<Swapped> {
  const before = statementsOf(await store.policies.governing(connection.id))
  await swapPacks(store, connection, wanted, now)
  const changes = await swapSettings(store, connection, wanted.settings, now)
  const after = statementsOf(await store.policies.governing(connection.id))
  return { asked: askedOtherwise(before, after), changes }
}

/** Of settings for several selections the first made is the strongest: from the first that differs on, all are made anew. */
async function swapSettings(
  store: Store,
  { id }: Connection,
  wanted: readonly NewPolicySetting[],
  now: number,
): Promise<FieldChange[]> {
  const all = await store.policies.list(id)
  const known = all.filter(({ source }) => source === 'file').toSorted((a, b) => a.id - b.id)
  const same = wanted.findIndex((setting, index) => !isSame(known[index], setting))
  const kept = same === -1 ? wanted.length : same
  for (const setting of known.slice(kept)) await store.policies.unset(setting)
  for (const setting of wanted.slice(kept)) {
    await store.policies.unset(setting)
    await store.policies.set(setting, now)
  }
  const answers = new Map(all.map((setting) => [settingKey(setting), answerOf(setting)]))
  const ofFiles = new Map(wanted.map((setting) => [settingKey(setting), answerOf(setting)]))
  const gone = known.filter((setting) => !ofFiles.has(settingKey(setting)))
  return [
    ...gone.map((setting) => ({ field: setting.path, before: answerOf(setting), after: undefined })),
    ...wanted
      .map((setting) => ({ field: setting.path, before: answers.get(settingKey(setting)), after: answerOf(setting) }))
      .filter((change) => !sameJson(change.before, change.after)),
  ]
}

const answerOf = ({ value, expression }: Pick<PolicySetting, 'value' | 'expression'>) =>
  value ?? expression ?? undefined

function isSame(known: PolicySetting | undefined, wanted: NewPolicySetting): boolean {
  if (!known) return false
  const { id: _, createdAt: __, ...rest } = known
  return sameJson(rest, wanted)
}

async function swapPacks(
  store: Store,
  { id }: Connection,
  { packs, attachments }: WantedPolicies,
  now: number,
): Promise<void> {
  const ofFiles = <Each extends { source: string }>(all: readonly Each[]) =>
    all.filter(({ source }) => source === 'file')
  for (const attached of ofFiles(await store.attachments.list(id)))
    await store.attachments.remove(attached, attached.id)
  const known = ofFiles(await store.packs.list(id))
  for (const pack of known) if (!packs.some(({ name }) => name === pack.name)) await store.packs.remove(id, pack.id)
  const ids = new Map<string, number>()
  for (const pack of packs) {
    const same = known.find(({ name }) => name === pack.name)
    const { id: _, createdAt: __, ...rest } = same ?? { id: 0, createdAt: 0 }
    ids.set(pack.name, same && sameJson(rest, pack) ? same.id : (await store.packs.save(pack, now)).id)
  }
  const bySpot = Map.groupBy(attachments, spotOf)
  for (const group of bySpot.values()) {
    const made: number[] = []
    for (const { pack, ...attachment } of group) {
      const packId = ids.get(pack) ?? null
      const which = packId === null ? { packId, shippedPack: pack } : { packId, shippedPack: null }
      made.push((await store.attachments.add({ ...attachment, ...which, position: null }, now)).id)
    }
    if (group[0]) await store.attachments.order(group[0], made)
  }
}

/** By place and selection, the policies of which something is said that was not said before, or no longer. */
function askedOtherwise(before: readonly PolicyStatement[], after: readonly PolicyStatement[]): Asked[] {
  const keyOf = ({ rule, place, selector, attachment }: PolicyStatement) =>
    JSON.stringify([spotOf(place), selectorKey(selector), attachment?.position ?? null, contentOf(rule)])
  const [old, young] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))]
  const differing = [
    ...before.filter((each) => !young.has(keyOf(each))),
    ...after.filter((each) => !old.has(keyOf(each))),
  ]
  const groups = Map.groupBy(differing, ({ place, selector }) => `${spotOf(place)} ${selectorKey(selector)}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    const paths = [...new Set(group.map(({ rule }) => rule.path))]
    return first ? [{ place: first.place, selector: first.selector, paths }] : []
  })
}

const contentOf = ({ path, value, expression, precedence, startsAt, expiresAt }: PolicyStatement['rule']) => [
  path,
  value,
  expression,
  precedence,
  startsAt,
  expiresAt,
]
