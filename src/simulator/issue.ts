import type { App } from './app.ts'
import { type By, senderOf } from './by.ts'
import { nodeId } from './node-id.ts'
import { commentObject, issueObject } from './payloads/issue.ts'
import type { Repository } from './repository.ts'
import { tell } from './tell.ts'
import { wholeSecond } from './timestamp.ts'
import type { User } from './user.ts'
import type { World } from './world.ts'

/** Who wrote it: a person, or an App's bot. */
export interface Author {
  readonly user: User
  readonly app?: App | undefined
}

export interface IssueComment {
  readonly id: number
  readonly nodeId: string
  readonly author: Author
  readonly createdAt: number
  body: string
  updatedAt: number
}

export interface Issue {
  readonly id: number
  readonly nodeId: string
  readonly number: number
  readonly author: Author
  readonly createdAt: number
  readonly comments: IssueComment[]
  title: string
  body: string | null
  labels: readonly string[]
  state: 'open' | 'closed'
  stateReason: 'completed' | 'not_planned' | 'reopened' | 'duplicate' | null
  updatedAt: number
  closedAt: number | null
  closedBy: User | null
}

export interface IssueDraft {
  readonly title: string
  readonly body?: string | null | undefined
  readonly labels?: readonly string[] | undefined
}

export interface IssueChange {
  readonly title?: string | undefined
  readonly body?: string | null | undefined
  readonly labels?: readonly string[] | undefined
  readonly state?: Issue['state'] | undefined
  readonly stateReason?: Issue['stateReason'] | undefined
}

function announce(
  world: World,
  repository: Repository,
  issue: Issue,
  sender: User,
  what: { event: 'issues' | 'issue_comment'; action: string; says?: Record<string, unknown> },
): void {
  const says = { issue: issueObject(world.urls, repository, issue), ...what.says }
  tell(world, repository, { sender: sender.login }, { ...what, says })
}

export function createIssue(world: World, repository: Repository, draft: IssueDraft, author: Author): Issue {
  const issue = newIssue(world, repository, draft, author)
  announce(world, repository, issue, author.user, { event: 'issues', action: 'opened' })
  return issue
}

/** Takes the next number of the repository, as issues and pull requests do; nobody is told. */
export function newIssue(world: World, repository: Repository, draft: IssueDraft, author: Author): Issue {
  const id = world.newId()
  const now = wholeSecond(world.now())
  const issue: Issue = {
    id,
    nodeId: nodeId('I', repository.id, id),
    number: repository.issues.length + 1,
    author,
    title: draft.title,
    body: draft.body ?? null,
    labels: draft.labels ?? [],
    state: 'open',
    stateReason: null,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
    comments: [],
  }
  repository.issues.push(issue)
  return issue
}

export function updateIssue(
  world: World,
  repository: Repository,
  issue: Issue,
  { title, body, labels, state, stateReason }: IssueChange,
  sender: User,
): void {
  const changes = {
    ...(title !== undefined && title !== issue.title && { title: { from: issue.title } }),
    ...(body !== undefined && body !== issue.body && { body: { from: issue.body ?? '' } }),
  }
  issue.title = title ?? issue.title
  issue.body = body === undefined ? issue.body : body
  issue.labels = labels ?? issue.labels
  issue.updatedAt = wholeSecond(world.now())
  if (Object.keys(changes).length > 0) {
    announce(world, repository, issue, sender, { event: 'issues', action: 'edited', says: { changes } })
  }
  if (state === undefined || state === issue.state) return
  const closing = state === 'closed'
  issue.state = state
  issue.stateReason = stateReason ?? (closing ? 'completed' : 'reopened')
  issue.closedAt = closing ? issue.updatedAt : null
  issue.closedBy = closing ? sender : null
  announce(world, repository, issue, sender, { event: 'issues', action: closing ? 'closed' : 'reopened' })
}

/** What a person does with the button below an issue. */
export function setIssueState(world: World, repository: Repository, number: number, state: Issue['state'], by?: By) {
  const issue = repository.issues.find((each) => each.number === number)
  if (!issue) throw new Error(`There is no issue ${number}.`)
  updateIssue(world, repository, issue, { state }, senderOf(world, repository.organization, by))
}

export function addComment(
  world: World,
  repository: Repository,
  issue: Issue,
  body: string,
  author: Author,
): IssueComment {
  const id = world.newId()
  const now = wholeSecond(world.now())
  const comment = { id, nodeId: nodeId('IC', repository.id, id), author, body, createdAt: now, updatedAt: now }
  issue.comments.push(comment)
  issue.updatedAt = now
  const says = { comment: commentObject(world.urls, repository, issue, comment) }
  announce(world, repository, issue, author.user, { event: 'issue_comment', action: 'created', says })
  return comment
}

export function editComment(world: World, repository: Repository, comment: IssueComment, body: string, sender: User) {
  const issue = repository.issues.find((each) => each.comments.includes(comment))
  if (!issue) throw new Error('The comment is in another repository.')
  const changes = { body: { from: comment.body } }
  comment.body = body
  comment.updatedAt = wholeSecond(world.now())
  const says = { changes, comment: commentObject(world.urls, repository, issue, comment) }
  announce(world, repository, issue, sender, { event: 'issue_comment', action: 'edited', says })
}
