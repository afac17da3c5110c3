import { z } from '@hono/zod-openapi'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type Holding, roles } from '../../../src/model/access.ts'
import { at, canary, everywhere, type Stored, type Town, twoOrganizations } from './two-organizations.ts'

let town: Town
let ids: { acme: Ids; other: Ids }
beforeAll(async () => {
  town = await twoOrganizations()
  ids = { acme: await idsOf(town.acme), other: await idsOf(town.other) }
})
afterAll(() => town.close())

type Ids = Awaited<ReturnType<typeof idsOf>>

async function idsOf({ connection, organization, repositories }: Stored) {
  const { store } = town
  const [delivery] = await store.deliveries.list({ connectionId: connection.id })
  const [setting] = await store.policies.list(connection.id)
  const [control] = await store.controls.list(connection.id, { resourceId: organization.id })
  const folder = (await store.folders.list()).find(({ title }) => title === `folder-of-${connection.login}`)
  const [pack] = await store.packs.list(connection.id)
  const [attachment] = await store.attachments.list(connection.id)
  return {
    connection: connection.id,
    resource: organization.id,
    repository: repositories[0]?.id ?? 0,
    control: control?.id ?? 0,
    delivery: delivery?.id ?? 0,
    setting: setting?.id ?? 0,
    folder: folder?.id ?? 0,
    pack: pack?.id ?? 0,
    attachment: attachment?.id ?? 0,
  }
}

interface Row {
  /** The address that names one of an organization's. */
  readonly of: (ids: Ids) => string
  readonly body?: (ids: Ids) => unknown
  /** What it answers whoever may. */
  readonly status: number
  /** What it answers where the thing is out of sight; else an empty list. */
  readonly unseen?: number
  /** What it takes. */
  readonly role?: Holding['role']
  /** It takes that role everywhere. */
  readonly everywhere?: true
}

const setting = (ids: Ids) => ({
  path: 'GitHub > Organization > Event Handlers',
  resourceId: ids.resource,
  value: 'Check: Enabled',
  precedence: 'recommended',
})

/** One row for every endpoint that ends and is about something known: the others have tests of their own. */
const rows: Readonly<Record<string, Row>> = {
  'get /activities': { of: () => '/activities', status: 200 },
  'get /connections': { of: () => '/connections', status: 200 },
  'get /connections/{id}': { of: (ids) => `/connections/${ids.connection}`, status: 200, unseen: 404 },
  'get /connections/{id}/examination': {
    of: (ids) => `/connections/${ids.connection}/examination`,
    status: 200,
    unseen: 404,
    role: 'Operator',
  },
  'post /connections/{id}/examination': {
    of: (ids) => `/connections/${ids.connection}/examination`,
    status: 202,
    unseen: 404,
    role: 'Operator',
  },
  'put /connections/{id}/folder': {
    of: (ids) => `/connections/${ids.connection}/folder`,
    body: () => ({ folderId: 1 }),
    status: 200,
    unseen: 404,
    role: 'Admin',
    everywhere: true,
  },
  'get /connections/{id}/export': {
    of: (ids) => `/connections/${ids.connection}/export`,
    status: 200,
    unseen: 404,
    role: 'Owner',
  },
  'get /connections/{id}/removal': {
    of: (ids) => `/connections/${ids.connection}/removal`,
    status: 200,
    unseen: 404,
    role: 'Owner',
  },
  'post /connections/{id}/removal': {
    of: (ids) => `/connections/${ids.connection}/removal`,
    body: () => ({ login: 'another name' }),
    status: 422,
    unseen: 404,
    role: 'Owner',
  },
  'get /enforcement': { of: () => '/enforcement', status: 200 },
  'get /connections/{id}/enforcement/waiting': {
    of: (ids) => `/connections/${ids.connection}/enforcement/waiting`,
    status: 200,
    unseen: 404,
  },
  'get /connections/{id}/enforcement/plan': {
    of: (ids) => `/connections/${ids.connection}/enforcement/plan`,
    status: 200,
    unseen: 404,
  },
  'post /connections/{id}/enforcement/plan/confirmation': {
    of: (ids) => `/connections/${ids.connection}/enforcement/plan/confirmation`,
    body: () => ({ plan: 'of yesterday' }),
    status: 409,
    unseen: 404,
    role: 'Admin',
  },
  'post /connections/{id}/enforcement/release': {
    of: (ids) => `/connections/${ids.connection}/enforcement/release`,
    body: () => ({}),
    status: 200,
    unseen: 404,
    role: 'Admin',
  },
  'put /connections/{id}/enforcement/stop': {
    of: (ids) => `/connections/${ids.connection}/enforcement/stop`,
    body: () => ({ why: 'a test' }),
    status: 200,
    unseen: 404,
    role: 'Operator',
  },
  'delete /connections/{id}/enforcement/stop': {
    of: (ids) => `/connections/${ids.connection}/enforcement/stop`,
    status: 200,
    unseen: 404,
    role: 'Admin',
  },
  'get /connections/{id}/enforcement/stop': {
    of: (ids) => `/connections/${ids.connection}/enforcement/stop`,
    status: 200,
    unseen: 404,
  },
  'get /control-types': { of: () => '/control-types', status: 200 },
  'get /controls': { of: () => '/controls', status: 200 },
  'get /controls/{id}': { of: (ids) => `/controls/${ids.control}`, status: 200, unseen: 404 },
  'get /controls/{id}/runs': { of: (ids) => `/controls/${ids.control}/runs`, status: 200, unseen: 404 },
  'post /controls/{id}/runs': {
    of: (ids) => `/controls/${ids.control}/runs`,
    status: 202,
    unseen: 404,
    role: 'Operator',
  },
  'put /controls/{id}/mute': {
    of: (ids) => `/controls/${ids.control}/mute`,
    body: () => ({ until: 'forever' }),
    status: 200,
    unseen: 404,
    role: 'Operator',
  },
  'delete /controls/{id}/mute': {
    of: (ids) => `/controls/${ids.control}/mute`,
    status: 204,
    unseen: 404,
    role: 'Operator',
  },
  'get /deliveries': { of: () => '/deliveries', status: 200 },
  'get /deliveries/{id}': { of: (ids) => `/deliveries/${ids.delivery}`, status: 200, unseen: 404 },
  'get /deliveries/{id}/body': { of: (ids) => `/deliveries/${ids.delivery}/body`, status: 200, unseen: 404 },
  'post /deliveries/{id}/replay': {
    of: (ids) => `/deliveries/${ids.delivery}/replay`,
    status: 202,
    unseen: 404,
    role: 'Operator',
  },
  'get /exceptions': { of: () => '/exceptions', status: 200 },
  'get /folders': { of: () => '/folders', status: 200 },
  'post /folders': {
    of: () => '/folders',
    body: (ids) => ({ title: `below ${ids.connection}` }),
    status: 201,
    unseen: 403,
    role: 'Admin',
    everywhere: true,
  },
  'patch /folders/{id}': {
    of: (ids) => `/folders/${ids.folder}`,
    body: (ids) => ({ title: `renamed ${ids.connection}` }),
    status: 200,
    unseen: 404,
    role: 'Admin',
    everywhere: true,
  },
  'delete /folders/{id}': {
    of: (ids) => `/folders/${ids.folder}`,
    status: 204,
    unseen: 404,
    role: 'Admin',
    everywhere: true,
  },
  'get /health': { of: () => '/health', status: 200 },
  'get /policy-attachments': { of: () => '/policy-attachments', status: 200 },
  'post /policy-attachments': {
    of: () => '/policy-attachments',
    body: (ids) => ({ pack: 'baseline', resourceId: ids.resource }),
    status: 201,
    unseen: 422,
    role: 'Operator',
  },
  'put /policy-attachments/order': {
    of: () => '/policy-attachments/order',
    body: (ids) => ({ resourceId: ids.resource, ids: [ids.attachment] }),
    status: 200,
    unseen: 422,
    role: 'Admin',
  },
  'delete /policy-attachments/{id}': {
    of: (ids) => `/policy-attachments/${ids.attachment}`,
    status: 204,
    unseen: 404,
    role: 'Admin',
  },
  'post /expression-checks': {
    of: () => '/expression-checks',
    body: () => ({ path: 'GitHub > Repository > CMDB', expression: '1' }),
    status: 200,
  },
  'post /policy-plans': {
    of: () => '/policy-plans',
    body: (ids) => ({ attachment: { pack: 'baseline', resourceId: ids.resource } }),
    status: 200,
    unseen: 422,
    role: 'Operator',
  },
  'get /policy-packs': { of: () => '/policy-packs', status: 200 },
  'get /policy-packs/{id}': { of: (ids) => `/policy-packs/${ids.pack}`, status: 200, unseen: 404 },
  'post /policy-packs': {
    of: () => '/policy-packs',
    body: (ids) => ({ name: 'another', connectionId: ids.connection, settings: [] }),
    status: 201,
    unseen: 422,
    role: 'Admin',
  },
  'put /policy-packs/{id}': {
    of: (ids) => `/policy-packs/${ids.pack}`,
    body: () => ({ settings: [] }),
    status: 200,
    unseen: 404,
    role: 'Admin',
  },
  'delete /policy-packs/{id}': { of: (ids) => `/policy-packs/${ids.pack}`, status: 204, unseen: 404, role: 'Admin' },
  'get /policy-settings': { of: () => '/policy-settings', status: 200 },
  'post /policy-settings': {
    of: () => '/policy-settings',
    body: setting,
    status: 201,
    unseen: 422,
    role: 'Operator',
  },
  'delete /policy-settings/{id}': {
    of: (ids) => `/policy-settings/${ids.setting}`,
    status: 204,
    unseen: 404,
    role: 'Admin',
  },
  'get /policy-types': { of: () => '/policy-types', status: 200 },
  'get /policy-values': { of: (ids) => `/policy-values?resource=${ids.resource}`, status: 200, unseen: 404 },
  'get /resource-types': { of: () => '/resource-types', status: 200 },
  'get /resources': { of: () => '/resources', status: 200 },
  'get /resources/{id}': { of: (ids) => `/resources/${ids.resource}`, status: 200, unseen: 404 },
  'get /resources/{id}/changes': {
    of: (ids) => `/resources/${ids.resource}/changes?from=1970-01-01T00:00:01Z`,
    status: 200,
    unseen: 404,
  },
  'get /resources/{id}/difference': {
    of: (ids) => `/resources/${ids.resource}/difference?from=1970-01-01T00:00:01Z`,
    status: 200,
    unseen: 404,
  },
  'get /resources/{id}/versions': { of: (ids) => `/resources/${ids.resource}/versions`, status: 200, unseen: 404 },
}

const others = ['get /events', 'post /connections', 'put /enforcement/stop', 'delete /enforcement/stop']

async function ask(holdings: readonly Holding[] | null, key: string, of: Ids) {
  const row = rows[key]
  if (!row) throw new Error(`There is no row for ${key}.`)
  const [method = ''] = key.split(' ')
  const init = row.body
    ? { method, body: JSON.stringify(row.body(of)), headers: { 'content-type': 'application/json' } }
    : { method }
  const answer = await town.ask(holdings, row.of(of), { ...init, method: method.toUpperCase() })
  return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') ?? '' }
}

/** The answer is what the endpoint declares. */
function isAsDeclared(key: string, { status, text, type }: Awaited<ReturnType<typeof ask>>): void {
  const route = town.routes.find((each) => `${each.method} ${each.path}` === key)
  const declared = route?.responses[status]
  expect(declared).toBeDefined()
  const content = declared && 'content' in declared ? declared.content : undefined
  const media = content && type in content ? content[type as keyof typeof content] : undefined
  const schema = media && 'schema' in media ? media.schema : undefined
  if (schema instanceof z.ZodType) expect(schema.safeParse(JSON.parse(text)).error?.issues).toBeUndefined()
  else expect(text.startsWith('{') && status !== 200).toBe(false)
}

it('has a row for every endpoint that is declared', () => {
  const declared = town.routes.map(({ method, path }) => `${method} ${path}`)
  expect([...Object.keys(rows), ...others].toSorted()).toEqual(declared.toSorted())
})

describe.each(Object.entries(rows))('%s', (key, { status, unseen, role, everywhere: isEverywhere }) => {
  it('answers nobody', async () => {
    expect(await ask(null, key, ids.acme)).toMatchObject({ status: 401, type: 'application/problem+json' })
  })

  it('answers whoever holds nothing, or another organization, as if it were not there', async () => {
    for (const holdings of [[], at(town.acme.organization)]) {
      const answer = await ask(holdings, key, ids.other)
      expect(answer.status).toBe(unseen ?? status)
      expect(answer.text).not.toContain(canary)
      isAsDeclared(key, answer)
      const never = await ask(holdings, key, nowhere)
      const same = (text: string, ids: Ids) => text.replaceAll(String(ids.resource), '#')
      if (unseen) expect(same(never.text, nowhere)).toBe(same(answer.text, ids.other))
    }
  })

  it('takes the role it takes, where it takes it', async () => {
    if (!role) return
    if (isEverywhere) {
      const here = await ask(at(town.acme.organization), key, ids.acme)
      expect([403, 404]).toContain(here.status)
      if (here.status === 403) expect(JSON.parse(here.text).detail).toContain(`the role ${role} everywhere`)
    }
    const before = roles[roles.indexOf(role) - 1] ?? 'ReadOnly'
    const refused = await ask(isEverywhere ? everywhere(before) : at(town.acme.organization, before), key, ids.acme)
    expect(refused.status).toBe(403)
    const where = isEverywhere ? 'everywhere' : 'at acme'
    expect(JSON.parse(refused.text).detail).toContain(`the role ${role} ${where}; yours there is ${before}`)
    isAsDeclared(key, refused)
  })

  it('answers whoever may', async () => {
    const may = isEverywhere ? everywhere(role) : at(town.acme.organization, role ?? 'ReadOnly')
    const one = await ask(may, key, ids.acme)
    expect([one.status, one.text]).toEqual([status, one.text])
    isAsDeclared(key, one)
    const all = await ask(everywhere(role ?? 'ReadOnly'), key, ids.other)
    expect(all.status).toBe(status)
    isAsDeclared(key, all)
  })
})

const nowhere = {
  connection: 900,
  resource: 900,
  repository: 900,
  control: 900,
  delivery: 900,
  setting: 900,
  folder: 900,
  pack: 900,
  attachment: 900,
}

it('no answer ever holds what is out of sight', async () => {
  const words = [
    'repo',
    canary,
    'state:alarm',
    `connection:${canary}`,
    '-connection:acme',
    'muted:true',
    'gone:true,false',
  ]
  const someId = fc.integer({ min: 1, max: 30 })
  const filter = fc
    .array(
      fc.oneof(
        fc.constantFrom(...words),
        fc
          .tuple(fc.constantFrom('under', 'resource', 'parent', 'control', '-under'), someId)
          .map(([name, id]) => `${name}:${id}`),
      ),
      { maxLength: 3 },
    )
    .map((parts) => parts.join(' '))
  const time = fc.constantFrom('1970-01-01T00:00:01Z', '1970-01-01T00:00:02Z', '1970-01-01T00:00:09%2B00:00')
  const times = fc
    .tuple(fc.constantFrom('as-of', 'to', 'limit'), time, time)
    .map(([name, one, other]) => `from=${one}&${name}=${name === 'limit' ? 1 : other}`)
  const path = fc
    .tuple(
      fc.constantFrom(
        ...town.routes.filter(({ method, path }) => method === 'get' && path !== '/events').map((route) => route.path),
      ),
      someId,
      filter,
      times,
    )
    .map(
      ([path, id, filter, times]) =>
        `${path.replace('{id}', String(id))}?resource=${id}&limit=5&filter=${encodeURIComponent(filter)}&${times}`,
    )
  const repository = town.acme.repositories[0]
  if (!repository) throw new Error('There is no repository.')
  const holdings = fc.constantFrom([], at(town.acme.organization), at(repository))
  await fc.assert(
    fc.asyncProperty(path, holdings, async (path, holdings) => {
      const answer = await town.ask(holdings, path)
      expect(answer.status).toBeLessThan(500)
      expect((await answer.text()).toLowerCase()).not.toContain(canary)
    }),
    { numRuns: 400 },
  )
})
