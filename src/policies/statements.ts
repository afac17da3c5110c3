import type { PolicyPlace } from '../model/policy.ts'
import type { Governing, PolicyAttachment, PolicyPack, PolicyStatement } from '../model/policy-pack.ts'
import { shippedPacks } from './packs/index.ts'

/** Everything that is said, in no order: each setting, and each rule of each pack at each place it is attached to. */
export const statementsOf = (governing: Governing): PolicyStatement[] => [
  ...governing.settings.map((setting) => ({
    ...{ rule: setting, place: setting, selector: setting.selector },
    ...{ setting, attachment: null, pack: null, isOfFile: setting.source === 'file', at: setting.createdAt },
  })),
  ...governing.attachments.flatMap((attachment) => {
    const pack = attachedPack(attachment, governing.packs)
    const kept = governing.packs.find(({ id }) => id === attachment.packId)
    const isOfFile = [attachment.source, kept?.source].includes('file')
    const at = Math.max(attachment.createdAt, kept?.createdAt ?? 0)
    return (pack?.settings ?? []).map((rule) => ({
      ...{ rule, place: attachment, selector: attachment.selector },
      ...{ setting: null, attachment, pack, isOfFile, at },
    }))
  }),
]

/** The pack that is attached; null: it is shipped no longer. */
export const attachedPack = (
  { packId, shippedPack }: Pick<PolicyAttachment, 'packId' | 'shippedPack'>,
  kept: Governing['packs'],
): PolicyPack | null =>
  (packId === null ? shippedPacks.find(({ name }) => name === shippedPack) : kept.find(({ id }) => id === packId)) ??
  null

/** One text for each place. */
export const spotOf = ({ folderId, resourceId }: PolicyPlace): string =>
  folderId === null ? `resource ${resourceId}` : `folder ${folderId}`

/**
 * At one place the more specific first: what is for a selection before what is for all, a setting before packs, packs in
 * their order, and of settings for several selections the one that was made first.
 */
export const bySpecificity = (a: PolicyStatement, b: PolicyStatement): number =>
  Number(a.selector === null) - Number(b.selector === null) ||
  Number(a.setting === null) - Number(b.setting === null) ||
  (a.attachment?.position ?? 0) - (b.attachment?.position ?? 0) ||
  (a.attachment?.id ?? a.setting?.id ?? 0) - (b.attachment?.id ?? b.setting?.id ?? 0)

/** When next something begins or expires after `now`, in milliseconds; null: nothing does. */
export function nextChange(governing: Governing, now: number): number | null {
  const times = statementsOf(governing).flatMap(({ rule: { startsAt, expiresAt } }) => [startsAt, expiresAt])
  const coming = times.filter((time) => time !== null && time > now) as number[]
  return coming.length === 0 ? null : coming.reduce((a, b) => Math.min(a, b))
}
