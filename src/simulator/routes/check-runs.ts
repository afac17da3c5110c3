import { z } from 'zod'
import type { App } from '../app.ts'
import { type CheckRun, type CheckRunChange, conclusions, createCheckRun, updateCheckRun } from '../check-run.ts'
import { bodyOf } from '../http/body.ts'
import { type Call, created, type Operation, ok, onRepository } from '../http/operation.ts'
import { paginate } from '../http/paginate.ts'
import { invalidRequest, notFound, Refusal } from '../http/refusal.ts'
import { checkRunObject } from '../payloads/check-run.ts'
import type { Repository } from '../repository.ts'
import { commitOr422, resolveCommit } from './git.ts'
import { refuseArchived } from './repository.ts'

/** GitHub's cap on `output.summary` and `output.text`, in bytes of UTF-8. */
const mostBytes = 65_535

const long = z.string().superRefine((text, context) => {
  const bytes = Buffer.byteLength(text)
  if (bytes <= mostBytes) return
  const message = `Only ${mostBytes} characters are allowed; ${bytes} were supplied.`
  context.addIssue({ code: 'custom', message })
})

/** GitHub takes 50 in one request. */
const annotations = z
  .array(
    z.object({
      path: z.string(),
      start_line: z.int(),
      end_line: z.int(),
      annotation_level: z.enum(['notice', 'warning', 'failure']),
      message: z.string(),
    }),
  )
  .max(50)
  .optional()

const updateBody = z.object({
  name: z.string().optional(),
  status: z.enum(['queued', 'in_progress', 'completed']).optional(),
  conclusion: z.enum(conclusions.filter((each) => each !== 'stale')).optional(),
  external_id: z.string().optional(),
  details_url: z.string().optional(),
  started_at: z.iso.datetime({ offset: true }).optional(),
  completed_at: z.iso.datetime({ offset: true }).optional(),
  output: z.object({ title: z.string().optional(), summary: long, text: long.optional(), annotations }).optional(),
})

const createBody = updateBody.extend({
  name: z.string(),
  head_sha: z.string(),
  output: z.object({ title: z.string(), summary: long, text: long.optional(), annotations }).optional(),
})

const milliseconds = (time: string | undefined): number | undefined => (time ? Date.parse(time) : undefined)

function changeIn(body: z.infer<typeof updateBody>): CheckRunChange {
  if (body.status === 'completed' && !body.conclusion) {
    throw invalidRequest('Missing required parameter for a completed check run: `conclusion`.')
  }
  return {
    name: body.name,
    status: body.status,
    conclusion: body.conclusion,
    externalId: body.external_id,
    detailsUrl: body.details_url,
    startedAt: milliseconds(body.started_at),
    completedAt: milliseconds(body.completed_at),
    ...(body.output && { output: given(body.output) }),
    annotations: body.output?.annotations?.map((said) => ({
      path: said.path,
      startLine: said.start_line,
      endLine: said.end_line,
      level: said.annotation_level,
      message: said.message,
    })),
  }
}

/** Only what was given: a part of the output that is left out stays as it is. */
const given = ({ title, summary, text }: { title?: string | undefined; summary: string; text?: string | undefined }) =>
  Object.fromEntries(Object.entries({ title, summary, text }).filter(([, value]) => value !== undefined))

function callingApp({ actor }: Call): App {
  if (actor.kind !== 'installation') throw new Refusal(403, 'You must authenticate via a GitHub App.')
  return actor.installation.app
}

function create(call: Call, repository: Repository) {
  refuseArchived(repository)
  const { head_sha, ...body } = bodyOf(call, createBody)
  if (!repository.commits.has(head_sha)) throw new Refusal(422, `No commit found for SHA: ${head_sha}`)
  const change = { ...changeIn(body), name: body.name, headSha: head_sha }
  return created(
    checkRunObject(call.world.urls, repository, createCheckRun(call.world, repository, callingApp(call), change)),
  )
}

function find({ params }: Call, repository: Repository): CheckRun {
  const run = repository.checkRuns.find(({ id }) => String(id) === params.check_run_id)
  if (!run) throw notFound()
  return run
}

function update(call: Call, repository: Repository) {
  refuseArchived(repository)
  const run = find(call, repository)
  const app = callingApp(call)
  if (run.app !== app)
    throw new Refusal(
      403,
      `Invalid app_id \`${app.id}\` - check run can only be modified by the GitHub App that created it.`,
    )
  updateCheckRun(call.world, repository, run, changeIn(bodyOf(call, updateBody)))
  return ok(checkRunObject(call.world.urls, repository, run))
}

/** `filter=latest`, the default: of each App's runs of one name only the newest. */
function latest(runs: readonly CheckRun[]): CheckRun[] {
  const newest = new Map(runs.map((run) => [`${run.app.id} ${run.name}`, run]))
  return runs.filter((run) => newest.get(`${run.app.id} ${run.name}`) === run)
}

function list(call: Call, repository: Repository) {
  const { world, query, params } = call
  const sha = (resolveCommit(repository, params.ref ?? '') ?? commitOr422(repository, params.ref ?? '')).sha
  const of = (key: string, value: string) => (query.get(key) ?? value) === value
  const onCommit = repository.checkRuns.filter(
    (run) =>
      run.headSha === sha && of('check_name', run.name) && of('status', run.status) && of('app_id', String(run.app.id)),
  )
  const asked = query.get('filter') === 'all' ? onCommit : latest(onCommit)
  const newestFirst = asked.toReversed()
  const { page, headers } = paginate(call, newestFirst)
  const check_runs = page.map((run) => checkRunObject(world.urls, repository, run))
  return { status: 200, body: { total_count: asked.length, check_runs }, headers }
}

const runs = (heading: string) => `checks/runs#${heading}`

export const checkRunOperations: readonly Operation[] = [
  onRepository('POST /repos/{owner}/{repo}/check-runs', runs('create-a-check-run'), create),
  onRepository('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', runs('update-a-check-run'), update),
  onRepository('GET /repos/{owner}/{repo}/check-runs/{check_run_id}', runs('get-a-check-run'), (call, repository) =>
    ok(checkRunObject(call.world.urls, repository, find(call, repository))),
  ),
  onRepository('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', runs('list-check-runs-for-a-git-reference'), list),
]
