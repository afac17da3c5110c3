import type { PolicyPath } from '../model/policy.ts'
import type { NewStoredPack, PackReference, PolicyPack, StoredPack } from '../model/policy-pack.ts'
import type { Store } from '../model/store.ts'
import { shippedPacks } from '../policies/packs/index.ts'
import type { Means } from './means.ts'
import { tellPolicy } from './tell-policy.ts'
import { connectionsAt, judgeAnew } from './touched.ts'
import { checkNotOfFile, checkRule, WrongPolicy } from './wrong-policy.ts'

type Needed = Pick<Means, 'store' | 'clock'>

const namePattern = /^[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?$/
const mostRules = 500

/** Keeps a pack, in the place of the one of its name, and has everything judged that it reaches. Throws `WrongPolicy`. */
export async function savePack({ store, clock }: Needed, wanted: NewStoredPack): Promise<StoredPack> {
  checkPack(wanted)
  const now = clock()
  return store.transaction(async (tx) => {
    const all = await tx.packs.list(wanted.connectionId)
    const before = all.find(({ name }) => name === wanted.name)
    checkNotOfFile(before, wanted)
    const pack = await tx.packs.save(wanted, now)
    const paths = pathsOf(...(before ? [before] : []), pack)
    for (const { selector, ...place } of await tx.attachments.ofPack(pack.id))
      for (const connection of await connectionsAt(tx, place)) {
        const told = { summary: `the policy pack ${pack.name} was changed`, setBy: wanted.setBy, source: wanted.source }
        await tellPolicy(tx, connection, place, told, now)
        await judgeAnew(tx, connection, [{ place, selector, paths }], 'policy pack changed', now)
      }
    return pack
  })
}

/** Deletes a pack that is attached nowhere. Throws `WrongPolicy`. */
export async function deletePack(
  { store }: Pick<Needed, 'store'>,
  pack: StoredPack,
  source: StoredPack['source'],
): Promise<void> {
  checkNotOfFile(pack, { source })
  return store.transaction(async (tx) => {
    const attached = await tx.attachments.ofPack(pack.id)
    if (attached.length > 0)
      throw new WrongPolicy(`${pack.name} is attached in ${attached.length} places: detach it first.`, 'pack')
    await tx.packs.remove(pack.connectionId, pack.id)
  })
}

/** The policies that packs speak of. */
export const pathsOf = (...packs: readonly PolicyPack[]): PolicyPath[] => [
  ...new Set(packs.flatMap(({ settings }) => settings.map(({ path }) => path))),
]

/** A pack, and how an attachment names it. */
export interface FoundPack {
  readonly pack: PolicyPack
  readonly reference: PackReference
}

/** The pack of a name that an organization (null: a folder) may attach: its own, the operator's, or a shipped one. */
export async function packNamed(store: Store, connectionId: number | null, name: string): Promise<FoundPack | null> {
  const kept = [
    ...(connectionId === null ? [] : await store.packs.list(connectionId)),
    ...(await store.packs.list(null)),
  ].find((each) => each.name === name)
  if (kept) return { pack: kept, reference: { packId: kept.id, shippedPack: null } }
  const shipped = shippedPacks.find((each) => each.name === name)
  return shipped ? { pack: shipped, reference: { packId: null, shippedPack: name } } : null
}

/** Why there is no such pack for a place, though an organization has one. */
export const isAnothers = (name: string): string =>
  `${name} is a pack of one organization, and asks nothing of others: make a pack for all of them.`

function checkPack({ name, title, settings }: PolicyPack): void {
  if (!namePattern.test(name))
    throw new WrongPolicy('A pack has a name of lower-case letters, digits and hyphens, e.g. `strict-web`.', 'name')
  if (shippedPacks.some((each) => each.name === name))
    throw new WrongPolicy(`Guardpost ships a pack ${name}: take another name.`, 'name')
  if (title.length > 200) throw new WrongPolicy('A title has no more than 200 letters.', 'title')
  if (settings.length > mostRules) throw new WrongPolicy(`A pack has no more than ${mostRules} settings.`, 'settings')
  for (const rule of settings) checkRule(rule, null)
  const twice = settings.find(({ path }, index) => settings.findIndex((each) => each.path === path) !== index)
  if (twice) throw new WrongPolicy(`\`${twice.path}\` is set twice: a pack says one thing of each policy.`, 'settings')
}
