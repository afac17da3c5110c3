import { z } from 'zod'
import { userOf } from '../http/actor.ts'
import { bodyOf } from '../http/body.ts'
import { type Call, created, type Operation, ok, onRepository } from '../http/operation.ts'
import { paginate } from '../http/paginate.ts'
import { notFound, Refusal, validationFailed } from '../http/refusal.ts'
import { type Author, addComment, createIssue, editComment, type Issue, updateIssue } from '../issue.ts'
import { commentObject, issueObject } from '../payloads/issue.ts'
import type { Repository } from '../repository.ts'
import { refuseArchived } from './repository.ts'

const label = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])
const title = z.union([z.string(), z.number().transform(String)])

const createBody = z.object({ title, body: z.string().nullish(), labels: z.array(label).optional() })

const updateBody = z.object({
  title: title.optional(),
  body: z.string().nullish(),
  labels: z.array(label).optional(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.enum(['completed', 'not_planned', 'duplicate', 'reopened']).nullish(),
})

const commentBody = z.object({ body: z.string() })

/** GitHub's cap on the body of an issue or comment. */
const mostCharacters = 65_536

function checkLength(resource: 'Issue' | 'IssueComment', body: string | null | undefined): void {
  if (!body || body.length <= mostCharacters) return
  const message = `body is too long (maximum is ${mostCharacters} characters)`
  throw validationFailed({ resource, code: 'custom', field: 'body', message })
}

function checkOpenForIssues(repository: Repository): void {
  if (!repository.settings.hasIssues) throw new Refusal(410, 'Issues has been disabled in this repository.')
}

function checkWritable(repository: Repository): void {
  refuseArchived(repository)
  checkOpenForIssues(repository)
}

const author = ({ actor }: Call): Author =>
  actor.kind === 'installation' ? { user: userOf(actor), app: actor.installation.app } : { user: userOf(actor) }

function find({ params }: Call, repository: Repository): Issue {
  checkOpenForIssues(repository)
  const issue = repository.issues.find(({ number }) => String(number) === params.issue_number)
  if (!issue) throw notFound()
  return issue
}

function list(call: Call, repository: Repository) {
  checkOpenForIssues(repository)
  const { world, query } = call
  const state = query.get('state') ?? 'open'
  const creator = query.get('creator')
  const labels = query.get('labels')?.split(',') ?? []
  const since = Date.parse(query.get('since') ?? '') || 0
  const asked = repository.issues.filter(
    (issue) =>
      (state === 'all' || issue.state === state) &&
      (creator === null || issue.author.user.login.toLowerCase() === creator.toLowerCase()) &&
      labels.every((each) => issue.labels.includes(each)) &&
      issue.updatedAt >= since,
  )
  const key = query.get('sort') === 'updated' ? 'updatedAt' : 'number'
  const down = query.get('direction') === 'asc' ? 1 : -1
  asked.sort((one, other) => down * (one[key] - other[key]))
  const { page, headers } = paginate(call, asked)
  return { status: 200, body: page.map((issue) => issueObject(world.urls, repository, issue)), headers }
}

function create(call: Call, repository: Repository) {
  checkWritable(repository)
  const { title, body, labels } = bodyOf(call, createBody)
  if (title === '') throw validationFailed({ resource: 'Issue', code: 'missing_field', field: 'title' })
  checkLength('Issue', body)
  const issue = createIssue(call.world, repository, { title, body, labels }, author(call))
  return created(issueObject(call.world.urls, repository, issue))
}

function update(call: Call, repository: Repository) {
  checkWritable(repository)
  const issue = find(call, repository)
  const { state_reason: stateReason, ...change } = bodyOf(call, updateBody)
  checkLength('Issue', change.body)
  updateIssue(call.world, repository, issue, { ...change, stateReason }, userOf(call.actor))
  return ok(issueObject(call.world.urls, repository, issue))
}

function listComments(call: Call, repository: Repository) {
  const issue = find(call, repository)
  const { page, headers } = paginate(call, issue.comments)
  return { status: 200, body: page.map((each) => commentObject(call.world.urls, repository, issue, each)), headers }
}

function createComment(call: Call, repository: Repository) {
  checkWritable(repository)
  const issue = find(call, repository)
  const { body } = bodyOf(call, commentBody)
  checkLength('IssueComment', body)
  const comment = addComment(call.world, repository, issue, body, author(call))
  return created(commentObject(call.world.urls, repository, issue, comment))
}

function updateComment(call: Call, repository: Repository) {
  checkWritable(repository)
  for (const issue of repository.issues) {
    const comment = issue.comments.find(({ id }) => String(id) === call.params.comment_id)
    if (!comment) continue
    const { body } = bodyOf(call, commentBody)
    checkLength('IssueComment', body)
    editComment(call.world, repository, comment, body, userOf(call.actor))
    return ok(commentObject(call.world.urls, repository, issue, comment))
  }
  throw notFound()
}

const issues = (heading: string) => `issues/issues#${heading}`
const comments = (heading: string) => `issues/comments#${heading}`

const one = '/repos/{owner}/{repo}/issues/{issue_number}'

export const issueOperations: readonly Operation[] = [
  onRepository('GET /repos/{owner}/{repo}/issues', issues('list-repository-issues'), list),
  onRepository('POST /repos/{owner}/{repo}/issues', issues('create-an-issue'), create),
  onRepository(`GET ${one}`, issues('get-an-issue'), (call, repository) =>
    ok(issueObject(call.world.urls, repository, find(call, repository))),
  ),
  onRepository(`PATCH ${one}`, issues('update-an-issue'), update),
  onRepository(`GET ${one}/comments`, comments('list-issue-comments'), listComments),
  onRepository(`POST ${one}/comments`, comments('create-an-issue-comment'), createComment),
  onRepository(
    'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
    comments('update-an-issue-comment'),
    updateComment,
  ),
]
