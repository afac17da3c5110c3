import type { Guardpost } from '../../src/compose.ts'
import { observe } from '../../src/engine/observe.ts'
import type { Connection } from '../../src/model/connection.ts'
import type { Resource } from '../../src/model/resource.ts'
import type { Store } from '../../src/model/store.ts'
import { resourceTypes } from '../../src/resources/index.ts'
import { guardpostAlone } from '../guardpost-alone.ts'

const organizationType = 'GitHub > Organization'
const repositoryType = 'GitHub > Repository'
const securityType = 'GitHub > Repository Security'
const inOneTransaction = 500

interface Filled {
  readonly guardpost: Guardpost
  readonly connection: Connection
  /** The organization. */
  readonly root: Resource
}

/** A Guardpost on a database of its own, in which an organization of so many repositories is recorded, with their security features. */
export async function filled(databaseFile: string, repositories: number): Promise<Filled> {
  const guardpost = await guardpostAlone(databaseFile)
  const { store, clock } = guardpost.means
  const organization = { organizationId: 1, organizationNodeId: 'O_1', login: 'acme', installationId: null }
  const connection = await store.connections.save({ kind: 'token', ...organization }, clock())
  await fill(store, connection, repositories)
  await store.jobs.drop(connection.id)
  const root = await store.resources.byNodeId(connection.id, organizationType, 'O_1')
  if (!root) throw new Error('There is nothing to judge.')
  return { guardpost, connection, root }
}

async function fill(store: Store, connection: Connection, repositories: number): Promise<void> {
  const type = (name: string) => {
    const found = resourceTypes.find((known) => known.type === name)
    if (!found) throw new Error(`There is no type ${name}.`)
    return found
  }
  const cause = { why: 'a benchmark', actor: null, deliveryId: null }
  const sighted = { source: 'discovery', at: Date.now(), cause } as const
  await store.redoable((tx) =>
    observe(tx, connection, type(organizationType), { kind: 'seen', nodeId: 'O_1', data: { login: 'acme' } }, sighted),
  )
  for (let from = 0; from < repositories; from += inOneTransaction)
    await store.redoable(async (tx) => {
      for (let n = from; n < Math.min(from + inOneTransaction, repositories); n++) {
        const nodeId = `R_${n}`
        await observe(tx, connection, type(repositoryType), { kind: 'seen', nodeId, data: dataOf(n) }, sighted)
        const security = { nodeId: `repository-security:${nodeId}`, parentNodeId: nodeId, data: securityOf(n) }
        await observe(tx, connection, type(securityType), { kind: 'seen', ...security }, sighted)
      }
    })
}

const securityOf = (n: number) => ({
  repositoryFullName: `acme/repository-${n}`,
  secretScanning: n % 2 === 0,
  secretScanningPushProtection: n % 3 === 0,
  dependabotSecurityUpdates: n % 4 === 0,
})

/** As discovery gives it, whole. */
const dataOf = (n: number) => ({
  databaseId: n,
  name: `repository-${n}`,
  nameWithOwner: `acme/repository-${n}`,
  url: `https://github.com/acme/repository-${n}`,
  description: `What repository-${n} is for, in so many words as people like to write of it.`,
  homepageUrl: null,
  visibility: n % 10 === 0 ? 'public' : 'private',
  isArchived: n % 20 === 0,
  isFork: n % 7 === 0,
  isTemplate: false,
  defaultBranch: n % 3 === 0 ? 'master' : 'main',
  topics: ['one', 'two', 'three'],
  hasIssuesEnabled: true,
  hasProjectsEnabled: n % 2 === 0,
  hasWikiEnabled: n % 2 === 1,
  hasDiscussionsEnabled: false,
  forkingAllowed: false,
  webCommitSignoffRequired: false,
  mergeCommitAllowed: true,
  squashMergeAllowed: true,
  rebaseMergeAllowed: n % 5 === 0,
  autoMergeAllowed: false,
  allowUpdateBranch: false,
  deleteBranchOnMerge: n % 4 === 0,
  hasVulnerabilityAlertsEnabled: n % 3 === 1,
  createdAt: '2024-01-01T00:00:00Z',
  pushedAt: '2026-01-01T00:00:00Z',
  headSha: 'a'.repeat(40),
})
