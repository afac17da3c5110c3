import type { Governing, PolicyAttachment, StoredPack } from '../../model/policy-pack.ts'
import { selectorKey } from '../../model/selector.ts'
import { spotOf } from '../../policies/statements.ts'
import type { WantedPolicies } from './wanted.ts'

type Keyed = Parameters<typeof spotOf>[0] & {
  readonly path: string
  readonly selector: Parameters<typeof selectorKey>[0]
}

/** Of settings of one key there is but one. */
export const settingKey = (setting: Keyed): string =>
  `${spotOf(setting)} ${selectorKey(setting.selector)} ${setting.path}`

/** All that answers for an organization, were the files in force: what was of files before is theirs no longer. */
export function proposed(now: Governing, wanted: WantedPolicies, connectionId: number): Governing {
  const isOfFiles = (each: { source: string; connectionId: number | null }) =>
    each.source === 'file' && each.connectionId === connectionId
  const keys = new Set(wanted.settings.map(settingKey))
  const settings = now.settings.filter((each) => !isOfFiles(each) && !keys.has(settingKey(each)))
  const first = 1 + now.settings.reduce((most, { id }) => Math.max(most, id), 0)
  // Not kept anywhere: no pack that is kept has such an id.
  const packs = wanted.packs.map((pack, index): StoredPack => ({ ...pack, id: -1 - index, createdAt: 0 }))
  const attachments = wanted.attachments.map((each, index): PolicyAttachment => {
    const own = packs.find(({ name }) => name === each.pack)
    const which = own ? { packId: own.id, shippedPack: null } : { packId: null, shippedPack: each.pack }
    const { pack: _, ...rest } = each
    return { ...rest, ...which, id: -1 - index, position: index - wanted.attachments.length, createdAt: 0 }
  })
  return {
    folders: now.folders,
    settings: [...settings, ...wanted.settings.map((each, index) => ({ ...each, id: first + index, createdAt: 0 }))],
    attachments: [...attachments, ...now.attachments.filter((each) => !isOfFiles(each))],
    packs: [...packs, ...now.packs.filter((each) => !isOfFiles(each))],
  }
}
