import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Level } from '../../src/simulator/permission.ts'
import type { Repository } from '../../src/simulator/repository.ts'
import { type Acme, startAcme } from './acme.ts'

const integration = 'Resource not accessible by integration'
const token = 'Resource not accessible by personal access token'

/** Operation, a body for it, the permission it asks, and its status when all is well. `{…}` is filled in. */
const guarded: readonly [string, unknown, string, Level, string, number][] = [
  ['PATCH /orgs/acme', {}, 'organization_administration', 'write', 'organization_administration=write', 200],
  [
    'GET /orgs/acme/installations',
    undefined,
    'organization_administration',
    'read',
    'organization_administration=read',
    200,
  ],
  ['GET /orgs/acme/blocks', undefined, 'organization_user_blocking', 'read', 'organization_user_blocking=read', 200],
  [
    'PUT /orgs/acme/blocks/mallory',
    undefined,
    'organization_user_blocking',
    'write',
    'organization_user_blocking=write',
    204,
  ],
  [
    'GET /orgs/acme/blocks/mallory',
    undefined,
    'organization_user_blocking',
    'read',
    'organization_user_blocking=read',
    204,
  ],
  [
    'DELETE /orgs/acme/blocks/mallory',
    undefined,
    'organization_user_blocking',
    'write',
    'organization_user_blocking=write',
    204,
  ],
  ['GET /orgs/acme/members', undefined, 'members', 'read', 'members=read', 200],
  ['GET /orgs/acme/hooks', undefined, 'organization_hooks', 'read', 'organization_hooks=read', 200],
  [
    'POST /orgs/acme/hooks',
    { name: 'web', config: { url: 'https://hooks.example/1' } },
    'organization_hooks',
    'write',
    'organization_hooks=write',
    201,
  ],
  ['GET /orgs/acme/hooks/{hook}', undefined, 'organization_hooks', 'read', 'organization_hooks=read', 200],
  ['PATCH /orgs/acme/hooks/{hook}', {}, 'organization_hooks', 'write', 'organization_hooks=write', 200],
  ['GET /orgs/acme/hooks/{hook}/config', undefined, 'organization_hooks', 'read', 'organization_hooks=read', 200],
  ['PATCH /orgs/acme/hooks/{hook}/config', {}, 'organization_hooks', 'write', 'organization_hooks=write', 200],
  ['POST /orgs/acme/hooks/{hook}/pings', undefined, 'organization_hooks', 'write', 'organization_hooks=write', 204],
  ['GET /orgs/acme/hooks/{hook}/deliveries', undefined, 'organization_hooks', 'read', 'organization_hooks=read', 200],
  ['DELETE /orgs/acme/hooks/{hook}', undefined, 'organization_hooks', 'write', 'organization_hooks=write', 204],
  ['POST /orgs/acme/repos', { name: 'new' }, 'administration', 'write', 'administration=write', 201],
  ['PATCH /repos/acme/one', { has_wiki: false }, 'administration', 'write', 'administration=write', 200],
  ['PUT /repos/acme/one/vulnerability-alerts', undefined, 'administration', 'write', 'administration=write', 204],
  ['PUT /repos/acme/one/automated-security-fixes', undefined, 'administration', 'write', 'administration=write', 204],
  ['DELETE /repos/acme/one/vulnerability-alerts', undefined, 'administration', 'write', 'administration=write', 204],
  ['GET /repos/acme/one/actions/permissions/workflow', undefined, 'administration', 'read', 'administration=read', 200],
  ['PUT /repos/acme/one/actions/permissions/workflow', {}, 'administration', 'write', 'administration=write', 204],
  [
    'PUT /orgs/acme/actions/permissions/workflow',
    {},
    'organization_administration',
    'write',
    'organization_administration=write',
    204,
  ],
  ['GET /repos/acme/one/branches/main', undefined, 'contents', 'read', 'contents=read', 200],
  ['GET /repos/acme/one/commits/main', undefined, 'contents', 'read', 'contents=read', 200],
  ['GET /repos/acme/one/git/ref/heads/main', undefined, 'contents', 'read', 'contents=read', 200],
  ['GET /repos/acme/one/git/trees/main', undefined, 'contents', 'read', 'contents=read', 200],
  ['GET /repos/acme/one/branches/main/protection', undefined, 'administration', 'read', 'administration=read', 404],
  ['GET /repos/acme/one/pulls', undefined, 'pull_requests', 'read', 'pull_requests=read', 200],
  ['POST /repos/acme/one/check-runs', { name: 'x', head_sha: '{sha}' }, 'checks', 'write', 'checks=write', 201],
  ['GET /repos/acme/one/commits/main/check-runs', undefined, 'checks', 'read', 'checks=read', 200],
  ['POST /repos/acme/one/statuses/{sha}', { state: 'success' }, 'statuses', 'write', 'statuses=write', 201],
  ['GET /repos/acme/one/commits/main/statuses', undefined, 'statuses', 'read', 'statuses=read', 200],
  ['POST /repos/acme/one/issues', { title: 'x' }, 'issues', 'write', 'issues=write', 201],
  ['GET /repos/acme/one/issues', undefined, 'issues', 'read', 'issues=read; pull_requests=read', 200],
  ['PATCH /repos/acme/one/issues/1', { title: 'y' }, 'issues', 'write', 'issues=write; pull_requests=write', 200],
  [
    'POST /repos/acme/one/issues/1/comments',
    { body: 'z' },
    'issues',
    'write',
    'issues=write; pull_requests=write',
    201,
  ],
]

describe('permissions of an installation', () => {
  let acme: Acme
  let one: Repository
  beforeAll(async () => {
    const all = Object.fromEntries(guarded.map(([, , key]) => [key, 'write' as const]))
    acme = await startAcme({ permissions: all })
    one = acme.org.createRepository({ name: 'one' })
    one.createIssue({ title: 'First' })
  })
  afterAll(() => acme.close())

  it.each(guarded)('%s %j asks for %s: %s', async (operation, body, key, level, accepted, status) => {
    const url = `https://hooks.example/${operation}`
    const hook = acme.org.createHook({ url, events: ['push'] })
    const fill = (text: string) =>
      text.replace('{hook}', String(hook.id)).replace('{sha}', one.branches.get('main') ?? '')
    const [method = '', path = ''] = fill(operation).split(' ')
    const filled = body === undefined ? undefined : JSON.parse(fill(JSON.stringify(body)))
    const ask = await acme.asInstallation()

    acme.installation.revoke(key)
    const refused = await ask(method, path, filled)
    expect(refused).toMatchObject({ status: 403, body: { message: integration, status: '403' } })
    expect(refused.headers.get('x-accepted-github-permissions')).toBe(accepted)
    expect(refused.body.documentation_url).toMatch(/^https:\/\/docs\.github\.com\/rest\/\w+/)

    acme.installation.grant({ [key]: level })
    const granted = await ask(method, path, filled)
    expect(granted.status).toBe(status)
    expect(granted.headers.get('x-accepted-github-permissions')).toBe(accepted)
    if (level === 'write') {
      acme.installation.revoke(key)
      acme.installation.grant({ [key]: 'read' })
      expect((await ask(method, path, filled)).status).toBe(403)
    }
    hook.delete()
  })

  it('are accepted only as far as the App asks for them', () => {
    expect(() => acme.installation.grant({ secrets: 'read' })).toThrow('does not ask')
    acme.app.request({ ...acme.app.permissions, secrets: 'read' })
    expect(acme.installation.permissions.secrets).toBeUndefined()
    acme.installation.grant()
    expect(acme.installation.permissions.secrets).toBe('read')
  })
})

describe('what a caller may know of', () => {
  let acme: Acme
  beforeAll(async () => {
    acme = await startAcme({ permissions: { issues: 'write', organization_hooks: 'read' } })
    const one = acme.org.createRepository({ name: 'one' })
    acme.org.createRepository({ name: 'two' })
    acme.org.createRepository({ name: 'open', visibility: 'public' })
    acme.installation.selectRepositories([one])
    acme.sim.createOrganization({ login: 'other' }).createRepository({ name: 'theirs' })
  })
  afterAll(() => acme.close())

  const notFound = { status: 404, body: { message: 'Not Found', status: '404' } }

  it('ends at the installation’s selection, but for public repositories, which it only reads', async () => {
    const ask = await acme.asInstallation()
    expect((await ask('GET', '/repos/acme/one')).status).toBe(200)
    expect(await ask('GET', '/repos/acme/two')).toMatchObject(notFound)
    expect(await ask('GET', '/repos/other/theirs')).toMatchObject(notFound)
    expect((await ask('GET', '/repos/acme/open/issues')).status).toBe(200)
    expect(await ask('POST', '/repos/acme/open/issues', { title: 'x' })).toMatchObject({
      status: 403,
      body: { message: integration },
    })
    expect(await ask('GET', '/orgs/other/hooks')).toMatchObject(notFound)
    const { body } = await ask('GET', '/orgs/acme/repos')
    expect(body.map(({ name }: { name: string }) => name)).toEqual(['open', 'one'])
  })

  it('ends for nobody at what is public', async () => {
    expect((await acme.asNobody('GET', '/repos/acme/open')).status).toBe(200)
    expect(await acme.asNobody('GET', '/repos/acme/one')).toMatchObject(notFound)
    expect((await acme.asNobody('POST', '/repos/acme/open/issues', { title: 'x' })).status).toBe(401)
    expect((await acme.asNobody('GET', '/orgs/acme')).status).toBe(200)
    expect(await acme.asNobody('GET', '/orgs/nobody')).toMatchObject(notFound)
    expect(await acme.asNobody('GET', '/no/such/thing')).toMatchObject(notFound)
  })

  it('depends for a fine-grained token on its permissions, its selection and its user', async () => {
    const org = acme.org
    const draft = { kind: 'fine-grained' as const, org, permissions: { organization_hooks: 'write' as const } }
    const owners = acme.as(`token ${acme.sim.createToken({ ...draft, user: 'olga' }).value}`)
    expect((await owners('GET', '/orgs/acme/hooks')).status).toBe(200)
    expect((await owners('GET', '/repos/acme/two')).status).toBe(200)
    const lacking = await owners('GET', '/orgs/acme/blocks')
    expect(lacking).toMatchObject({ status: 403, body: { message: token } })
    expect(lacking.headers.get('x-accepted-github-permissions')).toBe('organization_user_blocking=read')
    org.addMember('mo')
    const members = acme.as(`token ${acme.sim.createToken({ ...draft, user: 'mo', repositories: [] }).value}`)
    expect(await members('GET', '/orgs/acme/hooks')).toMatchObject({ status: 403, body: { message: token } })
    expect(await members('GET', '/repos/acme/two')).toMatchObject(notFound)
  })

  it('depends for a classic token on its scopes and its user', async () => {
    const classic = (user: string, ...scopes: string[]) =>
      acme.as(`token ${acme.sim.createToken({ user, kind: 'classic', scopes }).value}`)
    expect((await classic('olga', 'admin:org_hook')('GET', '/orgs/acme/hooks')).status).toBe(200)
    expect(await classic('olga', 'repo')('GET', '/orgs/acme/hooks')).toMatchObject(notFound)
    expect(await classic('sam', 'admin:org_hook')('GET', '/orgs/acme/hooks')).toMatchObject(notFound)
    expect((await classic('olga', 'repo')('GET', '/repos/acme/two')).status).toBe(200)
    expect(await classic('olga')('GET', '/repos/acme/two')).toMatchObject(notFound)
    const check = await classic('olga', 'repo')('POST', '/repos/acme/one/check-runs', { name: 'x', head_sha: 'y' })
    expect(check).toMatchObject({ status: 403, body: { message: 'You must authenticate via a GitHub App.' } })
  })

  it('shows members to members', async () => {
    const list = async (user: string, ...scopes: string[]) => {
      const { value } = acme.sim.createToken({ user, kind: 'classic', scopes })
      return (await acme.as(`token ${value}`)('GET', '/orgs/acme/members')).body.map(
        ({ login }: { login: string }) => login,
      )
    }
    expect(await list('olga', 'read:org')).toContain('olga')
    expect(await list('olga')).toEqual([])
    expect(await list('sam', 'read:org')).toEqual([])
  })

  it('is for a fine-grained token never more than its user has', async () => {
    acme.org.addMember('rita')
    const permissions = { administration: 'write', contents: 'write' } as const
    const { value } = acme.sim.createToken({ user: 'rita', kind: 'fine-grained', org: acme.org, permissions })
    const ask = acme.as(`token ${value}`)
    expect((await ask('GET', '/repos/acme/two')).body.permissions).toMatchObject({
      pull: true,
      push: false,
      admin: false,
    })
    expect(await ask('PATCH', '/repos/acme/two', { description: 'x' })).toMatchObject({
      status: 403,
      body: { message: token },
    })
  })
})
