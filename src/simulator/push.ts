import { type By, senderOf } from './by.ts'
import { requestSuites } from './check-suite.ts'
import { changed, createCommit, difference, type FileChanges } from './git.ts'
import { fullName, repositoryObject } from './payloads/repository.ts'
import { synchronize } from './pull-request-changes.ts'
import type { Repository } from './repository.ts'
import { tell } from './tell.ts'
import { timestamp, wholeSecond } from './timestamp.ts'
import type { User } from './user.ts'
import type { World } from './world.ts'

const nothing = '0'.repeat(40)

/** A new commit at the head of a branch; a branch that is not there starts from the default branch. */
export function commitOnto(
  world: World,
  repository: Repository,
  branch: string,
  author: User,
  changes?: FileChanges,
): string {
  const parent = repository.branches.get(branch) ?? repository.branches.get(repository.defaultBranch)
  const number = repository.commits.size + 1
  const message = number === 1 ? 'Initial commit' : `Change ${number}`
  const before = repository.commits.get(parent ?? '')?.files ?? new Map<string, string>()
  const commit = createCommit(repository.id, number, {
    message,
    author,
    files: changed(before, changes ?? { 'README.md': `# ${repository.name}\n\n${message}\n` }),
    parents: parent ? [parent] : [],
    date: wholeSecond(world.now()),
  })
  repository.commits.set(commit.sha, commit)
  repository.branches.set(branch, commit.sha)
  return commit.sha
}

/** In a push event, and nowhere else, a repository's `created_at` and `pushed_at` are seconds since 1970. */
function pushedRepository(world: World, repository: Repository) {
  return {
    ...repositoryObject(world.urls, repository),
    url: `${world.urls.html}/${fullName(repository)}`,
    created_at: repository.createdAt / 1000,
    pushed_at: repository.pushedAt / 1000,
    stargazers: 0,
    master_branch: repository.defaultBranch,
    organization: repository.organization.login,
  }
}

export function pushTo(world: World, repository: Repository, branch: string, by?: By, changes?: FileChanges): string {
  const author = senderOf(world, repository.organization, by)
  const before = repository.branches.get(branch) ?? nothing
  const after = commitOnto(world, repository, branch, author, changes)
  repository.pushedAt = wholeSecond(world.now())
  repository.updatedAt = repository.pushedAt
  const person = { name: author.login, email: `${author.login}@users.noreply.github.example` }
  const web = `${world.urls.html}/${fullName(repository)}`
  const made = repository.commits.get(after)
  const parent = repository.commits.get(made?.parents[0] ?? '')
  const commit = {
    id: after,
    tree_id: made?.tree,
    distinct: true,
    message: made?.message,
    timestamp: timestamp(repository.pushedAt),
    url: `${web}/commit/${after}`,
    author: { ...person, username: author.login },
    committer: { ...person, username: author.login },
    ...difference(parent?.files ?? new Map(), made?.files ?? new Map()),
  }
  const says = {
    ref: `refs/heads/${branch}`,
    before,
    after,
    created: before === nothing,
    deleted: false,
    forced: false,
    base_ref: null,
    compare: `${web}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: [commit],
    head_commit: commit,
    pusher: person,
  }
  tell(world, repository, by, { event: 'push', says: { ...says, repository: pushedRepository(world, repository) } })
  requestSuites(world, repository, after, before, by)
  synchronize(world, repository, branch, { before, after }, by)
  return after
}
