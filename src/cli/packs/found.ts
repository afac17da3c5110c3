import type { Guardpost } from '../../compose.ts'
import type { PolicyAttachment, PolicyPack, StoredPack } from '../../model/policy-pack.ts'
import { shippedPacks } from '../../policies/packs/index.ts'
import { connectionsOf, UsedWrongly } from '../opened.ts'

/** Every pack there is: kept ones of everybody, then of each organization, then those that are shipped. */
export async function allPacks(guardpost: Guardpost): Promise<(PolicyPack & { owner: string })[]> {
  const { packs } = guardpost.means.store
  const connections = await connectionsOf(guardpost, undefined)
  const own = await Promise.all(
    connections.map(async ({ id, login }) => (await packs.list(id)).map((pack) => ({ ...pack, owner: login }))),
  )
  const kept = (await packs.list(null)).map((pack) => ({ ...pack, owner: 'everybody' }))
  return [...kept, ...own.flat(), ...shippedPacks.map((pack) => ({ ...pack, owner: 'shipped' }))]
}

export async function packCalled(guardpost: Guardpost, name: string) {
  const pack = (await allPacks(guardpost)).find((each) => each.name === name)
  if (pack) return pack
  throw new UsedWrongly(`There is no policy pack ${name}. \`guardpost packs\` lists those there are.`)
}

/** One that is everybody's, which commands may change. */
export async function keptPack({ means }: Guardpost, name: string): Promise<StoredPack> {
  const pack = (await means.store.packs.list(null)).find((each) => each.name === name)
  if (pack) return pack
  const isShipped = shippedPacks.some((each) => each.name === name)
  throw new UsedWrongly(
    isShipped
      ? `${name} is shipped with Guardpost and cannot be changed: make one of your own.`
      : `There is no policy pack ${name} that is everybody’s. \`guardpost packs create ${name}\` makes it.`,
  )
}

/** Everything that is attached anywhere. */
export async function allAttachments(guardpost: Guardpost): Promise<PolicyAttachment[]> {
  const { attachments, folders } = guardpost.means.store
  const onFolders = (await folders.list()).map(({ id }) => attachments.ofFolder(id))
  const below = (await connectionsOf(guardpost, undefined)).map(({ id }) => attachments.list(id))
  return (await Promise.all([...onFolders, ...below])).flat()
}
