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

/** Whose packs are meant: an organization's, or (null) everybody's. */
export async function packOwner(guardpost: Guardpost, organization: string | undefined): Promise<number | null> {
  if (organization === undefined) return null
  const [connection] = await connectionsOf(guardpost, organization)
  return connection?.id ?? null
}

/** One that is everybody's, or of an organization, which commands may change. */
export async function keptPack(guardpost: Guardpost, name: string, organization?: string): Promise<StoredPack> {
  const owner = await packOwner(guardpost, organization)
  const pack = (await guardpost.means.store.packs.list(owner)).find((each) => each.name === name)
  if (pack) return pack
  const option = organization === undefined ? '' : ` --organization ${organization}`
  const isShipped = shippedPacks.some((each) => each.name === name)
  throw new UsedWrongly(
    isShipped
      ? `${name} is shipped with Guardpost and cannot be changed: make one of your own.`
      : `There is no policy pack ${name} that is ${organization ? `of ${organization}` : 'everybody’s'}. \`guardpost packs create ${name}${option}\` makes it.`,
  )
}

/** Everything that is attached anywhere. */
export async function allAttachments(guardpost: Guardpost): Promise<PolicyAttachment[]> {
  const { attachments, folders } = guardpost.means.store
  const onFolders = (await folders.list()).map(({ id }) => attachments.ofFolder(id))
  const below = (await connectionsOf(guardpost, undefined)).map(({ id }) => attachments.list(id))
  return (await Promise.all([...onFolders, ...below])).flat()
}
