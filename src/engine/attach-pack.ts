import type { Authorship, PolicyPlace } from '../model/policy.ts'
import type { NewPolicyAttachment, PolicyAttachment, PolicyPack } from '../model/policy-pack.ts'
import type { Selector } from '../model/selector.ts'
import type { Store } from '../model/store.ts'
import { selectorInWords } from '../policies/selector.ts'
import { attachedPack } from '../policies/statements.ts'
import type { Means } from './means.ts'
import { pathsOf } from './packs.ts'
import { checkSelected, reaches } from './set-policy.ts'
import { tellPolicy } from './tell-policy.ts'
import { connectionsAt, judgeAnew } from './touched.ts'
import { checkNotOfFile, WrongPolicy } from './wrong-policy.ts'

type Needed = Pick<Means, 'store' | 'clock'>
type By = Pick<Authorship, 'setBy' | 'source'>

/** Attaches a pack to a place, and has everything judged that it reaches. Throws `WrongPolicy`. */
export async function attachPack(
  { store, clock }: Needed,
  wanted: NewPolicyAttachment,
  pack: PolicyPack,
): Promise<PolicyAttachment> {
  await checkSelected(store, wanted, wanted.selector)
  await checkEffect(store, wanted, pack)
  const now = clock()
  return store.transaction(async (tx) => {
    const attachment = await tx.attachments.add(wanted, now)
    const isNew = attachment.createdAt === now
    if (isNew) await follow(tx, wanted, pack, `the policy pack ${pack.name} was attached`, wanted, now)
    return attachment
  })
}

/** Detaches a pack. Throws `WrongPolicy`. */
export async function detachPack({ store, clock }: Needed, attachment: PolicyAttachment, by: By): Promise<void> {
  checkNotOfFile(attachment, by)
  return store.transaction(async (tx) => {
    const pack = await packOf(tx, attachment)
    const was = await tx.attachments.remove(attachment, attachment.id)
    const name = pack?.name ?? attachment.shippedPack
    if (was) await follow(tx, attachment, pack, `the policy pack ${name} was detached`, by, clock())
  })
}

/** Puts the packs of a place in an order, the strongest first; those not named come after. */
export function orderPacks(
  { store, clock }: Needed,
  place: PolicyPlace,
  ids: readonly number[],
  by: By,
): Promise<void> {
  return store.transaction(async (tx) => {
    const at = await attachmentsAt(tx, place)
    await tx.attachments.order(place, ids)
    const packs = (await Promise.all(at.map((each) => packOf(tx, each)))).filter((pack) => pack !== null)
    const all = { name: '', title: '', description: '', settings: packs.flatMap(({ settings }) => settings) }
    await follow(tx, { ...place, selector: null }, all, 'the policy packs were put in another order', by, clock())
  })
}

/** What is attached to a place, in order. */
export async function attachmentsAt(store: Store, place: PolicyPlace): Promise<PolicyAttachment[]> {
  if (place.folderId !== null) return store.attachments.ofFolder(place.folderId)
  const all = await store.attachments.list(place.connectionId)
  return all.filter(({ resourceId }) => resourceId === place.resourceId)
}

/** Null: it is shipped no longer. */
export async function packOf(store: Store, attachment: PolicyAttachment): Promise<PolicyPack | null> {
  const kept = attachment.packId === null ? null : await store.packs.get(attachment.connectionId, attachment.packId)
  return attachedPack(attachment, kept ? [kept] : [])
}

/** A pack of which nothing reaches the place, or what it selects there, is attached by mistake. */
async function checkEffect(
  store: Store,
  { selector, ...place }: NewPolicyAttachment,
  { name, settings }: PolicyPack,
): Promise<void> {
  const resource = place.resourceId === null ? null : await store.resources.get(place.connectionId, place.resourceId)
  const hasEffect = settings.some(
    ({ path }) =>
      (!resource || reaches(resource.type, path)) && !(selector && path.startsWith('GitHub > Organization > ')),
  )
  if (settings.length > 0 && !hasEffect)
    throw new WrongPolicy(
      selector
        ? `Nothing that ${name} asks is about repositories, which is what selectors select.`
        : `Nothing that ${name} asks has effect on ${resource?.title}: attach it above.`,
      selector ? 'selector' : 'resourceId',
    )
}

async function follow(
  store: Store,
  { selector, ...place }: PolicyPlace & { readonly selector: Selector | null },
  pack: PolicyPack | null,
  what: string,
  { setBy, source }: By,
  now: number,
): Promise<void> {
  const summary = selector ? `${what}, for ${selectorInWords(selector)}` : what
  for (const connection of await connectionsAt(store, place)) {
    await tellPolicy(store, connection, place, { summary, setBy, source }, now)
    const asked = [{ place, selector, paths: pack ? pathsOf(pack) : [] }]
    await judgeAnew(store, connection, asked, 'policy pack attached', now)
  }
}
