import { isReviewed, whyNotReviewed } from '../../controls/organization/policy-files/reviewed.ts'
import { organizationPolicyFiles } from '../../controls/organization/policy-files.ts'
import type { Connection } from '../../model/connection.ts'
import type { Job } from '../../model/job.ts'
import type { FileFault } from '../../model/policy-file.ts'
import type { PolicyFilesNews } from '../../model/policy-files-reporter.ts'
import type { ReportingPlace } from '../../model/reporter.ts'
import type { Resource } from '../../model/resource.ts'
import { sameJson } from '../../model/same-json.ts'
import type { Store } from '../../model/store.ts'
import { FaultyFiles, parsePolicyFiles } from '../../policies/files/parse.ts'
import { organization } from '../../resources/organization.ts'
import { type PolicyFilesData, policyFiles, policyFilesNodeId } from '../../resources/policy-files.ts'
import { because, type PolicyFilesPayload } from '../jobs.ts'
import type { Means } from '../means.ts'
import { observe } from '../observe.ts'
import { organizationPolicies } from '../organization-policies.ts'
import { policyPlace } from '../policy-place.ts'
import { judgeAnew } from '../touched.ts'
import { knownToFiles } from './known.ts'
import { swap } from './swap.ts'
import { tellNews } from './tell.ts'
import { type WantedPolicies, wantedOf } from './wanted.ts'

const nothing: WantedPolicies = { settings: [], packs: [], attachments: [] }
const why = 'policy files'

/**
 * Brings the newest files that were read into force, if they come from a branch that nobody changes alone, and are without
 * fault; else nothing changes. Where the policy says Skip, what they set is taken back.
 */
export async function applyPolicyFiles(means: Means, { connectionId, payload }: Job): Promise<void> {
  const { again } = payload as PolicyFilesPayload
  const { store, clock } = means
  const connection = await store.connections.get(connectionId ?? 0)
  if (connection?.status !== 'active') return
  const { id, organizationNodeId } = connection
  const root = await store.resources.byNodeId(id, organization.type, organizationNodeId)
  const read = await store.resources.byNodeId(id, policyFiles.type, policyFilesNodeId(organizationNodeId))
  if (!root || !read) return
  const data = read.data as Partial<PolicyFilesData>
  const policies = await organizationPolicies(store, connection, clock())
  if (policies.valueFor(organizationPolicyFiles.policy) === 'Skip') {
    if (data.applied) await bringIn(means, connection, root, nothing, { applied: [], appliedSha: null, faults: [] })
    return
  }
  const place = await policyPlace(store, connection, clock())
  if (!place || !data.files || !data.headSha || `${place.owner}/${place.name}` !== data.repository) return
  if (data.files.length === 0 && (data.applied ?? []).length === 0) return
  const news = (await outcome(means, connection, root, data, place)) ?? (again ? inForce : null)
  if (news) await tellNews(means, connection, place, { sha: data.headSha, pullRequest: null, news, again })
}

const inForce = { kind: 'applied' } as const

/** Null: the files are in force as they are. */
async function outcome(
  means: Means,
  connection: Connection,
  root: Resource,
  data: Partial<PolicyFilesData>,
  place: ReportingPlace,
): Promise<PolicyFilesNews | null> {
  const { files = [], reviewRules = [], tooLarge, headSha = null, repository } = data
  if (tooLarge) return { kind: 'not-applied', reason: tooLarge }
  if (!isReviewed(reviewRules)) return { kind: 'not-applied', reason: `Not applied: ${whyNotReviewed(reviewRules)}.` }
  if (sameJson(files, data.applied) && (data.faults ?? []).length === 0) return null
  try {
    const texts = files.map(({ path }) => ({ path, text: data.texts?.[path] ?? '' }))
    const said = parsePolicyFiles(texts, knownToFiles(place.name))
    const { mayTellDetails } = place
    const wanted = await wantedOf(means.store, connection, root, said, { from: repository ?? '', mayTellDetails })
    await bringIn(means, connection, root, wanted, { applied: files, appliedSha: headSha, faults: [] })
    return inForce
  } catch (error) {
    if (!(error instanceof FaultyFiles)) throw error
    await keep(means.store, connection, { faults: error.faults }, means.clock())
    return { kind: 'faulty', faults: error.faults }
  }
}

type Kept = Partial<Pick<PolicyFilesData, 'applied' | 'appliedSha'>> & { faults: readonly FileFault[] }

/** So many changes are told one by one in one line of history. */
const mostTold = 100

async function bringIn(
  { store, clock }: Means,
  connection: Connection,
  root: Resource,
  wanted: WantedPolicies,
  kept: Kept,
): Promise<void> {
  const now = clock()
  await store.transaction(async (tx) => {
    const { asked, changes } = await swap(tx, connection, wanted, now)
    await keep(tx, connection, kept, now)
    if (asked.length === 0) return
    await tx.activities.add({
      connectionId: connection.id,
      resourceId: root.id,
      kind: 'policy',
      actor: null,
      summary: kept.appliedSha
        ? `The policy files of ${kept.appliedSha.slice(0, 7)} are in force: ${changes.length} settings changed`
        : 'What policy files set is taken back',
      changes: changes.slice(0, mostTold),
      source: 'file',
      deliveryId: null,
      at: now,
    })
    await judgeAnew(tx, connection, asked, why, now)
  })
}

/** What became of the files is a fact about them like others, and is judged like them. */
const keep = (store: Store, connection: Connection, kept: Kept, at: number): Promise<void> =>
  observe(
    store,
    connection,
    policyFiles as never,
    { kind: 'seen', nodeId: policyFilesNodeId(connection.organizationNodeId), data: kept as never },
    { source: 'enforcement', at, cause: because(why) },
  )
