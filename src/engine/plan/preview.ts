import type { Connection } from '../../model/connection.ts'
import type { Plan } from '../../model/plan.ts'
import type { NewPolicySetting, PolicyPlace } from '../../model/policy.ts'
import type { Governing, NewPolicyAttachment, PolicyPack } from '../../model/policy-pack.ts'
import type { Means } from '../means.ts'
import { settingKey } from '../policy-files/proposed.ts'
import { connectionsAt } from '../touched.ts'
import { planOf } from './plan.ts'

/** What would follow in one organization. */
export interface Preview {
  readonly connection: Connection
  readonly plan: Plan
}

/** So many organizations of a folder are looked at. */
const mostPreviewed = 20

type Needed = Pick<Means, 'store' | 'log' | 'clock'>

/** What would follow if a policy were set so. Nothing is kept. */
export const previewSetting = (means: Needed, wanted: NewPolicySetting): Promise<Preview[]> =>
  previews(means, wanted, (governing) => ({
    ...governing,
    settings: [
      ...governing.settings.filter((each) => settingKey(each) !== settingKey(wanted)),
      { ...wanted, id: 1 + highest(governing.settings), createdAt: means.clock() },
    ],
  }))

/** What would follow if a pack were attached so. */
export const previewAttachment = (means: Needed, wanted: NewPolicyAttachment, pack: PolicyPack): Promise<Preview[]> =>
  previews(means, wanted, (governing) => {
    const { packId } = wanted
    const isThere = packId === null || governing.packs.some(({ id }) => id === packId)
    const stored = { ...pack, ...byNobody, id: packId ?? 0, connectionId: null, createdAt: 0 }
    const last = { id: 1 + highest(governing.attachments), position: Number.MAX_SAFE_INTEGER }
    return {
      ...governing,
      packs: isThere ? governing.packs : [...governing.packs, stored],
      attachments: [...governing.attachments, { ...wanted, ...last, createdAt: means.clock() }],
    }
  })

const byNobody = { source: 'console', origin: null, setBy: '' } as const

const highest = (all: readonly { id: number }[]): number => all.reduce((most, { id }) => Math.max(most, id), 0)

async function previews(
  means: Needed,
  place: PolicyPlace,
  change: (governing: Governing) => Governing,
): Promise<Preview[]> {
  const { store, clock } = means
  const found: Preview[] = []
  for (const connection of (await connectionsAt(store, place)).slice(0, mostPreviewed)) {
    const before = await store.policies.governing(connection.id)
    found.push({ connection, plan: await planOf(means, connection, { before, after: change(before) }, clock()) })
  }
  return found
}
