import { z } from 'zod'
import type { Connection } from '../../model/connection.ts'
import type { GitHubReader } from '../../model/github.ts'
import type { Job } from '../../model/job.ts'
import { isPolicyFile, type NamedFile } from '../../model/policy-file.ts'
import type { PolicyFilesNews } from '../../model/policy-files-reporter.ts'
import type { ReportingPlace } from '../../model/reporter.ts'
import { FaultyFiles, parsePolicyFiles } from '../../policies/files/parse.ts'
import { organization } from '../../resources/organization.ts'
import { headOf } from '../../resources/policy-files/head.ts'
import { policyFilesIn, textOf } from '../../resources/policy-files/listing.ts'
import { tooLargeOf } from '../../resources/policy-files.ts'
import type { PlanPayload } from '../jobs.ts'
import type { Means } from '../means.ts'
import { planOf } from '../plan/plan.ts'
import { knownToFiles } from './known.ts'
import { isPlanned, planningIn, pullRequest } from './planning.ts'
import { proposed } from './proposed.ts'
import { tellNews } from './tell.ts'
import { wantedOf } from './wanted.ts'

type Where = { readonly owner: string; readonly repo: string }

/**
 * Says in a pull request that changes policy files what would follow from it. What comes from a fork is anybody's, and is
 * told nothing.
 */
export async function planPullRequest(means: Means, { connectionId, payload }: Job): Promise<void> {
  const { number, again } = payload as PlanPayload
  const planning = await planningIn(means, connectionId)
  if (!planning) return
  const { connection, place, github } = planning
  const where = { owner: place.owner, repo: place.name }
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'
  const asked = pullRequest.parse((await github.get(route, { ...where, pull_number: number })).data)
  if (asked.state !== 'open' || !isPlanned(asked, place)) return
  const changed = await changedFiles(github, where, number)
  const news: PolicyFilesNews =
    changed.length === 0
      ? { kind: 'untouched' }
      : await planned(means, connection, place, github, { sha: asked.head.sha, changed })
  await tellNews(means, connection, place, { sha: asked.head.sha, pullRequest: number, news, again })
}

const file = z.object({ filename: z.string(), previous_filename: z.string().optional() })

/** The paths of policy files that it adds, changes, renames or takes away. */
async function changedFiles(github: GitHubReader, where: Where, number: number): Promise<string[]> {
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files'
  const paths: string[] = []
  for await (const page of github.pages(route, { ...where, pull_number: number }, z.array(file).parse))
    for (const { filename, previous_filename } of page)
      paths.push(filename, ...(previous_filename ? [previous_filename] : []))
  return paths.filter(isPolicyFile)
}

/** The files as they would be: those of the branch it is to be merged into, and of its own those that it changes. */
async function planned(
  means: Means,
  connection: Connection,
  place: ReportingPlace,
  github: GitHubReader,
  { sha, changed }: { sha: string; changed: readonly string[] },
): Promise<PolicyFilesNews> {
  const { store, clock } = means
  const where = { owner: place.owner, repo: place.name }
  const root = await store.resources.byNodeId(connection.id, organization.type, connection.organizationNodeId)
  const base = await headOf(github, { ...where, branch: place.defaultBranch ?? '' })
  if (!root || !base) return { kind: 'not-applied', reason: `${place.owner}/${place.name} has not been read yet.` }
  const ofBase = await policyFilesIn(github, { ...where, tree_sha: base.tree })
  const ofHead = await policyFilesIn(github, { ...where, tree_sha: await treeOf(github, where, sha) })
  const isChanged = ({ path }: NamedFile) => changed.includes(path)
  const files = [...ofBase.filter((each) => !isChanged(each)), ...ofHead.filter(isChanged)]
  const tooLarge = tooLargeOf(files)
  if (tooLarge) return { kind: 'not-applied', reason: tooLarge }
  try {
    const texts = []
    for (const { path, sha: file_sha } of files.toSorted(byPath))
      texts.push({ path, text: await textOf(github, { ...where, file_sha }) })
    const said = parsePolicyFiles(texts, knownToFiles(place.name))
    const { mayTellDetails } = place
    const wanted = await wantedOf(store, connection, root, said, {
      from: `${place.owner}/${place.name}`,
      mayTellDetails,
    })
    const governing = await store.policies.governing(connection.id)
    const plan = await planOf(
      means,
      connection,
      { before: governing, after: proposed(governing, wanted, connection.id) },
      clock(),
    )
    return { kind: 'plan', plan }
  } catch (error) {
    if (error instanceof FaultyFiles) return { kind: 'faulty', faults: error.faults }
    throw error
  }
}

const byPath = (a: NamedFile, b: NamedFile): number => (a.path < b.path ? -1 : 1)

const commit = z.object({ commit: z.object({ tree: z.object({ sha: z.string() }) }) })

async function treeOf(github: GitHubReader, where: Where, ref: string): Promise<string> {
  const { data } = await github.get('GET /repos/{owner}/{repo}/commits/{ref}', { ...where, ref })
  return commit.parse(data).commit.tree.sha
}
