import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Repository } from '../../src/simulator/repository.ts'
import { type Acme, startAcme } from './acme.ts'
import { type Ask, jwtOf } from './ask.ts'

const permissions = { checks: 'write', issues: 'write', statuses: 'write' } as const

describe('reports', () => {
  let acme: Acme
  let ask: Ask
  let one: Repository
  let head: string
  beforeEach(async () => {
    acme = await startAcme({ permissions, events: ['issues', 'issue_comment'] })
    one = acme.org.createRepository({ name: 'one' })
    head = one.branches.get('main') ?? ''
    ask = await acme.asInstallation()
  })
  afterEach(() => acme.close())

  const run = (change: object) =>
    ask('POST', '/repos/acme/one/check-runs', { name: 'guard', head_sha: head, ...change })

  describe('check runs', () => {
    it('are made, completed and listed', async () => {
      const output = { title: 'A title', summary: 'A summary' }
      const made = await run({ status: 'in_progress', external_id: 'e', output })
      expect(made.status).toBe(201)
      expect(made.body).toMatchObject({
        status: 'in_progress',
        conclusion: null,
        completed_at: null,
        output,
        app: { slug: 'guard' },
      })
      const path = `/repos/acme/one/check-runs/${made.body.id}`
      const done = await ask('PATCH', path, { conclusion: 'failure' })
      expect(done.body).toMatchObject({ status: 'completed', conclusion: 'failure', external_id: 'e', output })
      expect(one.checkRuns).toMatchObject([
        {
          id: made.body.id,
          headSha: head,
          name: 'guard',
          status: 'completed',
          conclusion: 'failure',
          externalId: 'e',
          output: { ...output, text: null },
        },
      ])
      await run({ conclusion: 'success' })
      const listed = async (query: string) => (await ask('GET', `/repos/acme/one/commits/main/check-runs${query}`)).body
      expect(await listed('')).toMatchObject({ total_count: 1, check_runs: [{ conclusion: 'success' }] })
      expect((await listed('?filter=all')).total_count).toBe(2)
      expect((await listed('?check_name=other')).total_count).toBe(0)
    })

    it.each([
      [{ status: 'completed' }, /`conclusion`/],
      [{ conclusion: 'fine' }, /^Invalid request\.\n\nFor 'properties\/conclusion', "fine"/],
      [{ head_sha: 'f'.repeat(40) }, /^No commit found for SHA: f{40}$/],
      [{ name: undefined }, /"name" wasn't supplied\.$/],
      [
        { output: { title: 't', summary: 'é'.repeat(32_768) } },
        /Only 65535 characters are allowed; 65536 were supplied\.$/,
      ],
    ])('are refused with %#', async (change, message) => {
      const { status, body } = await run(change)
      expect(status).toBe(422)
      expect(body.message).toMatch(message)
      expect(one.checkRuns).toHaveLength(0)
    })

    it('belong to the App that made them', async () => {
      const { body } = await run({ conclusion: 'success' })
      const other = acme.sim.createApp({ name: 'Other', owner: acme.org, permissions })
      const theirs = await startTokenOf(acme, other)
      const refused = await theirs('PATCH', `/repos/acme/one/check-runs/${body.id}`, { conclusion: 'failure' })
      expect([refused.status, refused.body.message]).toEqual([
        403,
        `Invalid app_id \`${other.id}\` - check run can only be modified by the GitHub App that created it.`,
      ])
    })

    it('are asked for again at their own App', async () => {
      const { body } = await run({ conclusion: 'failure' })
      await acme.sim.idle()
      acme.receiver.forget()
      one.rerequestCheckRun(body.id, { sender: 'mo' })
      await acme.sim.idle()
      expect(acme.receiver.events()).toEqual(['check_run.rerequested'])
      expect(acme.receiver.received[0]?.payload).toMatchObject({
        check_run: { id: body.id, head_sha: head, name: 'guard', check_suite: { head_branch: 'main' } },
        repository: { name: 'one' },
        sender: { login: 'mo' },
        installation: { id: acme.installation.id },
      })
    })
  })

  describe('issues', () => {
    it('are made by the App’s bot, edited, commented, closed and reopened', async () => {
      const made = await ask('POST', '/repos/acme/one/issues', { title: 'T', body: 'B', labels: ['x'] })
      expect(made.status).toBe(201)
      expect(made.body).toMatchObject({
        number: 1,
        state: 'open',
        user: { login: 'guard[bot]', type: 'Bot' },
        performed_via_github_app: { id: acme.app.id },
        labels: [{ name: 'x' }],
      })
      const comment = await ask('POST', '/repos/acme/one/issues/1/comments', { body: 'C' })
      await ask('PATCH', `/repos/acme/one/issues/comments/${comment.body.id}`, { body: 'D' })
      const closed = await ask('PATCH', '/repos/acme/one/issues/1', {
        state: 'closed',
        state_reason: 'completed',
        body: 'B2',
      })
      expect(closed.body).toMatchObject({
        state: 'closed',
        state_reason: 'completed',
        comments: 1,
        body: 'B2',
        closed_by: { login: 'guard[bot]' },
      })
      one.reopenIssue(1, { sender: 'mo' })
      expect((await ask('GET', '/repos/acme/one/issues/1')).body).toMatchObject({
        state: 'open',
        state_reason: 'reopened',
        closed_at: null,
      })
      expect((await ask('GET', '/repos/acme/one/issues/1/comments')).body).toMatchObject([{ body: 'D' }])
      await acme.sim.idle()
      expect(acme.receiver.events()).toEqual([
        'issue_comment.created',
        'issue_comment.edited',
        'issues.closed',
        'issues.edited',
        'issues.opened',
        'issues.reopened',
      ])
    })

    it('are listed by state, creator and label', async () => {
      one.createIssue({ title: 'A stranger’s', author: 'stranger' })
      await ask('POST', '/repos/acme/one/issues', { title: 'Ours', labels: ['guard'] })
      one.createIssue({ title: 'Closed', author: 'mo' })
      one.closeIssue(3)
      const titles = async (query: string) =>
        (await ask('GET', `/repos/acme/one/issues${query}`)).body.map(({ title }: { title: string }) => title)
      expect(await titles('')).toEqual(['Ours', 'A stranger’s'])
      expect(await titles('?state=all&direction=asc')).toEqual(['A stranger’s', 'Ours', 'Closed'])
      expect(await titles('?creator=guard%5Bbot%5D')).toEqual(['Ours'])
      expect(await titles('?labels=guard')).toEqual(['Ours'])
      expect(await titles('?state=closed')).toEqual(['Closed'])
    })

    it('are gone where they are switched off, and stay as they are in an archive', async () => {
      one.set({ hasIssues: false })
      const gone = await ask('POST', '/repos/acme/one/issues', { title: 'T' })
      expect([gone.status, gone.body.message]).toEqual([410, 'Issues has been disabled in this repository.'])
      expect((await ask('GET', '/repos/acme/one/issues')).status).toBe(410)
      one.set({ hasIssues: true })
      one.archive()
      expect((await ask('POST', '/repos/acme/one/issues', { title: 'T' })).status).toBe(403)
      expect((await run({ conclusion: 'success' })).body.message).toBe('Repository was archived so is read-only.')
    })

    it('take at most 65,536 characters', async () => {
      const { status, body } = await ask('POST', '/repos/acme/one/issues', { title: 'T', body: 'x'.repeat(65_537) })
      expect([status, body.errors[0].message]).toEqual([422, 'body is too long (maximum is 65536 characters)'])
    })
  })

  it('commit statuses are combined by their newest of each context', async () => {
    const post = (state: string, context: string) => ask('POST', `/repos/acme/one/statuses/${head}`, { state, context })
    const combined = async () => (await ask('GET', '/repos/acme/one/commits/main/status')).body
    expect(await combined()).toMatchObject({ state: 'pending', total_count: 0 })
    await post('failure', 'a')
    await post('success', 'b')
    expect(await combined()).toMatchObject({ state: 'failure', total_count: 2, sha: head })
    await post('success', 'a')
    expect(await combined()).toMatchObject({ state: 'success', total_count: 2 })
    expect((await ask('GET', '/repos/acme/one/commits/main/statuses')).body).toHaveLength(3)
  })

  it('an empty repository has no commit to report on', async () => {
    acme.org.createRepository({ name: 'empty', empty: true })
    const { status, body } = await ask('GET', '/repos/acme/empty/commits/main/check-runs')
    expect([status, body.message]).toEqual([409, 'Git Repository is empty.'])
  })
})

async function startTokenOf(acme: Acme, app: Acme['app']): Promise<Ask> {
  const installation = acme.sim.install(app, acme.org)
  const made = await acme.as(`Bearer ${jwtOf(app)}`)('POST', `/app/installations/${installation.id}/access_tokens`)
  return acme.as(`token ${made.body.token}`)
}
