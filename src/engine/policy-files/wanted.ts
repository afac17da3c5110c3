import type { Connection } from '../../model/connection.ts'
import { nearest } from '../../model/nearest.ts'
import type { Authorship, NewPolicySetting, PolicyPlace, PolicyRule } from '../../model/policy.ts'
import type { FileFault, Place } from '../../model/policy-file.ts'
import type { NewStoredPack } from '../../model/policy-pack.ts'
import type { Resource } from '../../model/resource.ts'
import type { Selector } from '../../model/selector.ts'
import type { Store } from '../../model/store.ts'
import type { FileAnswer, FileTarget, PolicyFiles } from '../../policies/files/content.ts'
import { faultAt } from '../../policies/files/fault-at.ts'
import { FaultyFiles } from '../../policies/files/parse.ts'
import { repository } from '../../resources/repository.ts'

/** What policy files ask for, at the places that they name. */
export interface WantedPolicies {
  readonly settings: readonly NewPolicySetting[]
  readonly packs: readonly NewStoredPack[]
  /** The strongest first. */
  readonly attachments: readonly WantedAttachment[]
}

type WantedAttachment = PolicyPlace & Authorship & { readonly pack: string; readonly selector: Selector | null }

/** Where the files are from, and whether repositories may be named to whoever reads what is wrong with them. */
interface Source {
  readonly from: string
  readonly mayTellDetails: boolean
}

/** Throws `FaultyFiles` where they name a repository that there is not, or a pack that somebody made here. */
export async function wantedOf(
  store: Store,
  connection: Connection,
  root: Resource,
  files: PolicyFiles,
  source: Source,
): Promise<WantedPolicies> {
  const faults: FileFault[] = []
  const authorship = ({ file, line }: Place): Authorship => ({
    source: 'file',
    origin: { file, line },
    setBy: source.from,
  })
  const placed = async (on: FileTarget, place: Place) => {
    const resourceId = await resourceIdOf(store, connection, root, on)
    if (resourceId === null) faults.push(await noRepository(store, connection, on?.repository ?? '', place, source))
    const at = { folderId: null, connectionId: connection.id, resourceId: resourceId ?? 0 } as const
    return { ...at, selector: (on?.selector as Selector | undefined) ?? null }
  }
  const settings: NewPolicySetting[] = []
  for (const said of files.settings)
    settings.push({ ...ruleOf(said), ...(await placed(said.on, said.places.on)), ...authorship(said.places.policy) })
  const attachments: WantedAttachment[] = []
  for (const { pack, on, place } of files.attachments)
    attachments.push({ pack, ...(await placed(on, place)), ...authorship(place) })
  const others = (await store.packs.list(connection.id)).filter(({ source }) => source !== 'file')
  for (const { name, place } of files.packs)
    if (others.some((pack) => pack.name === name))
      faults.push(faultAt(place, `There is a pack \`${name}\` already, made by hand.`))
  if (faults.length > 0) throw new FaultyFiles(faults)
  const packs = files.packs.map(({ name, title, settings, place }) => ({
    ...{ connectionId: connection.id, name, title: title ?? name, description: '', settings: settings.map(ruleOf) },
    ...authorship(place),
  }))
  return { settings, packs, attachments }
}

const ruleOf = ({ policy, value, expression, precedence, note, startsAt, expiresAt }: FileAnswer): PolicyRule => ({
  path: policy,
  value,
  expression,
  precedence,
  note,
  startsAt,
  expiresAt,
})

async function resourceIdOf(store: Store, { id }: Connection, root: Resource, on: FileTarget): Promise<number | null> {
  if (on?.repository === undefined) return root.id
  return (await store.resources.byTitle(id, repository.type, `${root.title}/${on.repository}`))?.id ?? null
}

/** Names that are compared with one that there is not. */
const mostCompared = 5_000

async function noRepository(
  store: Store,
  { id, login }: Connection,
  name: string,
  place: Place,
  { mayTellDetails }: Source,
): Promise<FileFault> {
  const all = mayTellDetails
    ? await store.resources.list(id, { type: repository.type, gone: false, limit: mostCompared })
    : []
  const near = nearest(
    name.slice(0, 200),
    all.map(({ title }) => title.slice(login.length + 1)),
  )
  return faultAt(place, `There is no repository \`${name}\` in ${login}.${near && ` Did you mean \`${near}\`?`}`)
}
