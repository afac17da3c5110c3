import { describe, expect, it } from '@jest/globals'
import type { GitHub } from '../../src/model/github.ts'
import { Refusal } from '../../src/model/github.ts'
import type { Payload, ReadContext } from '../../src/model/resource-type.ts'
import { type ConnectionData, connectionNodeId, connection as connectionType } from '../../src/resources/connection.ts'
import { recordingGitHub, refused } from '../controls/recording-github.ts'
import { connection, examplesOf } from './examples.ts'

const nodeId = connectionNodeId(connection.organizationNodeId)
const page = 'https://github.com/organizations/Octocoders/settings/installations/5'

const ours = {
  hooks: [],
  hooksOfOthers: [],
  hasReceived: async () => false,
  logs: async () => [],
  discovery: async () => ({ startedAt: 1, completedAt: 2, count: 3, total: 3, refusal: null, next: null }),
  appHookUrl: 'https://guardpost.example/api/github/webhooks',
  hookUrl: (id: string) => `https://guardpost.example/api/github/hooks/${id}`,
  needs: [{ permission: 'metadata', level: 'read', why: 'to read' }],
  events: ['push'],
  now: 1_000,
} as const

/** As the API has an installation, the App and its webhook's configuration. */
const installation = {
  id: 5,
  account: { login: 'Octocoders', type: 'Organization' },
  repository_selection: 'all',
  html_url: page,
  permissions: { metadata: 'read', organization_hooks: 'write' },
  events: ['repository', 'push'],
  suspended_at: null,
}
const app = {
  slug: 'guardpost',
  owner: { login: 'makers', type: 'Organization' },
  html_url: 'https://github.com/apps/guardpost',
  permissions: { metadata: 'read' },
  events: ['push'],
}
const config = { content_type: 'json', insecure_ssl: '0', secret: '********', url: ours.appHookUrl }

interface Said {
  readonly installation?: object | Refusal
  /** As it is told of by its organization. */
  readonly onOrganization?: object
  readonly app?: object
  readonly config?: object | Refusal
  readonly hooks?: readonly unknown[] | Refusal
}

const answer = (said: unknown) => {
  if (said instanceof Refusal) throw said
  return { data: said }
}

async function readApp(said: Said = {}): Promise<Partial<ConnectionData>> {
  const asApp = recordingGitHub({
    'GET /app/installations/{installation_id}': () => answer(said.installation ?? installation),
    'GET /orgs/{org}/installation': () => answer(said.onOrganization ?? refused(404)),
    'GET /app': () => answer(said.app ?? app),
    'GET /app/hook/config': () => answer(said.config ?? config),
  })
  const asInstallation = recordingGitHub({
    'GET /orgs/{org}/hooks': () => ({ pages: [answer(said.hooks ?? []).data] }),
  })
  return read({ connection, github: asInstallation.github, app: asApp.github })
}

async function readToken(headers: Record<string, string>, hooks: readonly unknown[] | Refusal = []) {
  const { github } = recordingGitHub({
    'GET /user': () => ({ data: { login: 'mona' }, headers }),
    'GET /orgs/{org}/hooks': () => ({ pages: [answer(hooks).data] }),
  })
  return read({ connection: { ...connection, kind: 'token', installationId: null }, github, app: null })
}

async function read(context: { connection: typeof connection; github: GitHub; app: GitHub | null }) {
  const [seen, ...more] = await connectionType.read({ ...context, ours } as unknown as ReadContext, [nodeId])
  expect(more).toEqual([])
  if (seen?.kind !== 'seen') throw new Error('A connection is always there to be told of.')
  expect(seen.nodeId).toBe(nodeId)
  return seen.data
}

describe('an installation, read', () => {
  it('is mapped field by field', async () => {
    expect(await readApp()).toEqual({
      kind: 'app',
      login: 'Octocoders',
      status: 'active',
      needs: ours.needs,
      neededEvents: ['push'],
      appHookUrl: ours.appHookUrl,
      repositorySelection: 'all',
      granted: { metadata: 'read', organization_hooks: 'write' },
      grantedEvents: ['push', 'repository'],
      requested: { metadata: 'read' },
      requestedEvents: ['push'],
      installationUrl: page,
      appSettingsUrl: 'https://github.com/organizations/makers/settings/apps/guardpost/permissions',
      appOwner: 'makers',
      appSlug: 'guardpost',
      appHook: { url: ours.appHookUrl, contentType: 'json', verifiesSsl: true },
      hooks: [],
      proofs: [],
      path: [],
      repositoryDiscovery: { startedAt: 1, completedAt: 2, count: 3, total: 3, refusal: null },
      refusals: [],
    })
  })

  it('of an App of a person has its settings there', async () => {
    const owned = await readApp({ app: { ...app, owner: { login: 'mona', type: 'User' } } })
    expect(owned).toMatchObject({
      appOwner: 'mona',
      appSettingsUrl: 'https://github.com/settings/apps/guardpost/permissions',
    })
  })

  it('of an App of an enterprise has its settings there', async () => {
    const owned = await readApp({ app: { ...app, owner: { slug: 'big-corp', name: 'Big Corp' } } })
    expect(owned).toMatchObject({
      appOwner: 'big-corp',
      appSettingsUrl: 'https://github.com/enterprises/big-corp/settings/apps/guardpost/permissions',
    })
  })

  it('without a URL has no webhook to speak of, and SSL is verified unless switched off', async () => {
    expect((await readApp({ config: {} })).appHook).toEqual({ url: null, contentType: null, verifiesSsl: true })
    for (const insecure_ssl of ['1', 1])
      expect((await readApp({ config: { ...config, insecure_ssl } })).appHook?.verifiesSsl).toBe(false)
  })

  it('that is suspended is told without asking what it may not be asked', async () => {
    const suspended = { ...installation, suspended_at: '2026-01-01T00:00:00Z' }
    const data = await readApp({ installation: suspended, hooks: refused(403, 'must not be asked') })
    expect(data).toMatchObject({ status: 'suspended', refusals: [] })
    expect(data).not.toHaveProperty('hooks')
  })

  it('that is not there is uninstalled, and nothing else is claimed of it', async () => {
    const data = await readApp({ installation: refused(404) })
    expect(data).toMatchObject({ status: 'uninstalled', login: 'Octocoders', refusals: [] })
    for (const field of ['granted', 'grantedEvents', 'hooks', 'appHook']) expect(data).not.toHaveProperty(field)
    const another = await readApp({ installation: refused(404), onOrganization: { ...installation, id: 6 } })
    expect(another).toMatchObject({ status: 'uninstalled' })
  })

  it('that is not found for once, and is there on the organization, is not uninstalled', async () => {
    const data = await readApp({ installation: refused(404), onOrganization: installation })
    expect(data).toMatchObject({ status: 'active', granted: installation.permissions })
  })

  it('keeps the login we know where the account shows none', async () => {
    expect((await readApp({ installation: { ...installation, account: null } })).login).toBe('Octocoders')
  })

  it('does not know what GitHub refused to tell, and keeps why', async () => {
    const noConfig = refused(404, 'no webhook', 'GET /app/hook/config')
    const noHooks = refused(403, 'not accessible', 'GET /orgs/{org}/hooks')
    const data = await readApp({ config: noConfig, hooks: noHooks })
    expect(data.refusals).toEqual([noConfig.diagnosis, noHooks.diagnosis])
    for (const field of ['hooks', 'proofs', 'appHook']) expect(data).not.toHaveProperty(field)
  })

  it.each(['installation', 'config', 'hooks'])('learns nothing where GitHub says “later” of the %s', async (what) => {
    const later = new Refusal({ code: 'rate-limited', reason: 'Later.' }, 403, 5_000)
    await expect(readApp({ [what]: later })).rejects.toBe(later)
  })

  it('needs an App to be read by', async () => {
    await expect(read({ connection, github: recordingGitHub({}).github, app: null })).rejects.toThrow('APP_ID')
  })
})

describe('a token, read', () => {
  it('is classic with its scopes, sorted', async () => {
    expect(await readToken({ 'x-oauth-scopes': 'repo, admin:org_hook' })).toEqual({
      kind: 'token',
      login: 'Octocoders',
      status: 'active',
      needs: ours.needs,
      neededEvents: ['push'],
      appHookUrl: ours.appHookUrl,
      tokenKind: 'classic',
      tokenScopes: ['admin:org_hook', 'repo'],
      tokenExpiresAt: null,
      hooks: [],
      proofs: [],
      path: [],
      repositoryDiscovery: { startedAt: 1, completedAt: 2, count: 3, total: 3, refusal: null },
      refusals: [],
    })
  })

  it('is classic with no scope at all, or fine-grained', async () => {
    expect(await readToken({ 'x-oauth-scopes': '' })).toMatchObject({ tokenKind: 'classic', tokenScopes: [] })
    expect(await readToken({})).toMatchObject({ tokenKind: 'fine-grained', tokenScopes: [] })
  })

  it.each([
    ['2026-12-31 23:59:59 UTC', '2026-12-31T23:59:59.000Z'],
    ['2026-12-31 23:59:59 +0200', '2026-12-31T21:59:59.000Z'],
    ['2026-12-31 23:59:59 -0800', '2027-01-01T07:59:59.000Z'],
    ['some day', null],
  ])('that ends at %s ends at %s', async (header, wanted) => {
    expect((await readToken({ 'github-authentication-token-expiration': header })).tokenExpiresAt).toBe(wanted)
  })

  it('keeps why the webhooks are not known', async () => {
    const noHooks = refused(404, 'hidden', 'GET /orgs/{org}/hooks')
    const data = await readToken({}, noHooks)
    expect(data.refusals).toEqual([noHooks.diagnosis])
    expect(data).not.toHaveProperty('hooks')
  })
})

describe('an event about the connection', () => {
  const events = ['installation', 'installation_repositories', 'meta', 'ping'] as const
  const examples = events.flatMap((event) => examplesOf(event).map((payload) => [event, payload] as const))

  it.each(examples)('%s is never believed, but prompts a look', (event, payload) => {
    expect(connectionType.fromEvent[event]?.(payload, connection)).toEqual([{ kind: 'prompt', nodeId }])
  })

  it.each([undefined, null, 7, 'text', [], {}])('cannot be malformed: %j', (payload) => {
    for (const event of [...events, 'installation_target'] as const)
      expect(connectionType.fromEvent[event]?.(payload as unknown as Payload, connection)).toEqual([
        { kind: 'prompt', nodeId },
      ])
  })
})

it('is called by the organization’s login', () => {
  expect(connectionType.title({ login: 'acme' })).toBe('connection to acme')
  expect(connectionType.title({})).toBe('connection to an organization')
})
