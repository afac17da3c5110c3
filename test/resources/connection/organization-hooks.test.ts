import { describe, expect, it } from '@jest/globals'
import type { Hook, PingProof } from '../../../src/model/hook.ts'
import type { ReadContext } from '../../../src/model/resource-type.ts'
import { readOrganizationHooks } from '../../../src/resources/connection/organization-hooks.ts'
import { recordingGitHub } from '../../controls/recording-github.ts'

const hookUrl = (id: string) => `https://guardpost.example/api/github/hooks/${id}`
const neverPinged: PingProof = { askedAt: null, receivedAt: null, guid: null, provedFor: null }
const own = (change: Partial<Hook> = {}): Hook => ({
  id: 'b1946ac9',
  connectionId: 1,
  githubId: 501,
  ping: neverPinged,
  createdAt: 0,
  ...change,
})

/** As the API lists a webhook. */
const listed = (id: number, url: string, change: object = {}) => ({
  type: 'Organization',
  id,
  name: 'web',
  active: true,
  events: ['repository', 'push'],
  config: { content_type: 'json', insecure_ssl: '0', secret: '********', url },
  updated_at: '2026-01-10T08:00:00Z',
  created_at: '2026-01-10T08:00:00Z',
  ...change,
})

const logged = (guid: string, delivered_at: string, change: object = {}) => ({
  id: 12345678,
  guid,
  delivered_at,
  redelivery: false,
  duration: 0.27,
  status: 'OK',
  status_code: 202,
  event: 'ping',
  action: null,
  ...change,
})

interface Given {
  readonly pages: readonly (readonly object[])[]
  readonly hooks?: readonly Hook[]
  readonly hooksOfOthers?: readonly Hook[]
  readonly log?: readonly object[]
  /** GUIDs that came by our webhook with its signature. */
  readonly received?: readonly string[]
}

async function read({ pages, hooks = [own()], hooksOfOthers = [], log = [], received = [] }: Given) {
  const { github, asked } = recordingGitHub({
    'GET /orgs/{org}/hooks': () => ({ pages }),
    'GET /orgs/{org}/hooks/{hook_id}/deliveries': () => ({ data: log }),
  })
  const hasReceived = async (hookId: string, guid: string) => hookId === 'b1946ac9' && received.includes(guid)
  const context = { github, ours: { hooks, hooksOfOthers, hookUrl, hasReceived } } as unknown as ReadContext
  return { ...(await readOrganizationHooks(context, 'acme')), asked }
}

describe('a webhook of the organization', () => {
  it('of ours is mapped field by field, and its log asked for', async () => {
    const { hooks, asked } = await read({ pages: [[listed(501, hookUrl('b1946ac9'))]] })
    expect(hooks).toEqual([
      {
        githubId: 501,
        ourId: 'b1946ac9',
        pointsToUs: true,
        url: hookUrl('b1946ac9'),
        active: true,
        contentType: 'json',
        verifiesSsl: true,
        hasSecret: true,
        events: ['push', 'repository'],
        updatedAt: '2026-01-10T08:00:00Z',
      },
    ])
    expect(asked.map(({ parameters }) => parameters)).toEqual([
      { org: 'acme' },
      { org: 'acme', hook_id: 501, per_page: 100 },
    ])
  })

  it('of somebody else keeps no address that may hold a secret, and its log is not asked for', async () => {
    const theirs = listed(77, 'https://user:pass@ci.example/hook?token=secret')
    const { hooks, proofs, asked } = await read({ pages: [[theirs], [listed(78, 'no address')]] })
    expect(hooks).toMatchObject([
      { githubId: 77, ourId: null, pointsToUs: false, url: 'https://ci.example' },
      { githubId: 78, ourId: null, pointsToUs: false, url: null },
    ])
    expect(proofs).toEqual([])
    expect(asked).toHaveLength(1)
  })

  it('with nothing configured has neither URL nor content type nor secret', async () => {
    const { hooks } = await read({ pages: [[listed(77, '', { config: {} })]] })
    expect(hooks).toMatchObject([{ url: null, contentType: null, hasSecret: false, verifiesSsl: true }])
  })

  it.each([['1'], [1]])('does not verify where insecure_ssl is %j', async (insecure_ssl) => {
    const { hooks } = await read({ pages: [[listed(77, 'https://a.example', { config: { insecure_ssl } })]] })
    expect(hooks).toMatchObject([{ verifiesSsl: false }])
  })

  it('made by us is known by GitHub’s id, wherever it points by now', async () => {
    const places = ['https://elsewhere.example/x', hookUrl('another'), `${hookUrl('b1946ac9')}/x`]
    for (const url of places)
      expect((await read({ pages: [[listed(501, url)]] })).hooks).toMatchObject([
        { ourId: 'b1946ac9', pointsToUs: false, url },
      ])
  })

  it('made by us is known by its URL while GitHub’s id of it is not', async () => {
    const given = { pages: [[listed(900, hookUrl('b1946ac9'))]], hooks: [own({ githubId: null })] }
    expect((await read(given)).hooks).toMatchObject([{ githubId: 900, ourId: 'b1946ac9', pointsToUs: true }])
  })

  it('that another connection of ours looks after is none of ours, and neither are its copies', async () => {
    const pages = [
      [listed(600, hookUrl('theirs')), listed(601, hookUrl('theirs')), listed(602, 'https://moved.example')],
    ]
    const hooksOfOthers = [
      own({ id: 'theirs', connectionId: 2, githubId: 600 }),
      own({ id: 'moved', connectionId: 2, githubId: 602 }),
    ]
    const none = { ourId: null, pointsToUs: false }
    expect((await read({ pages, hooksOfOthers })).hooks).toMatchObject([none, none, none])
  })

  it('that points to us but is not ours is a copy', async () => {
    const pages = [[listed(501, hookUrl('b1946ac9')), listed(502, hookUrl('b1946ac9')), listed(503, hookUrl('gone'))]]
    expect((await read({ pages })).hooks).toMatchObject([
      { githubId: 501, ourId: 'b1946ac9' },
      { githubId: 502, ourId: null, pointsToUs: true },
      { githubId: 503, ourId: null, pointsToUs: true },
    ])
  })

  it('is ours once only, though a copy bears its URL before GitHub told which is which', async () => {
    const pages = [[listed(900, hookUrl('b1946ac9'))], [listed(901, hookUrl('b1946ac9'))]]
    const { hooks, proofs } = await read({ pages, hooks: [own({ githubId: null })] })
    expect(hooks).toMatchObject([{ ourId: 'b1946ac9' }, { ourId: null, pointsToUs: true }])
    expect(proofs).toHaveLength(1)
  })

  it('of ours that is no longer there proves nothing', async () => {
    expect(await read({ pages: [[]] })).toMatchObject({ hooks: [], proofs: [] })
  })
})

describe('the proof of a secret', () => {
  const after = '2026-01-10T08:00:05Z'
  const before = '2026-01-10T07:59:59Z'
  const today = '2026-01-10T08:00:00Z'
  const proofOf = async (ping: Partial<PingProof>, log: readonly object[] = [], received: readonly string[] = []) => {
    const hooks = [own({ ping: { ...neverPinged, ...ping } })]
    const { proofs } = await read({ pages: [[listed(501, hookUrl('b1946ac9'))]], hooks, log, received })
    return proofs[0]
  }

  it('is none where nothing came', async () => {
    expect(await proofOf({ askedAt: 1_000 })).toEqual({
      ourId: 'b1946ac9',
      askedAt: 1_000,
      pingAt: null,
      isProved: false,
      wasProved: false,
      lastSent: null,
    })
  })

  it('is a ping of ours whose GUID stands in GitHub’s log', async () => {
    expect(
      await proofOf({ receivedAt: 2_000, guid: 'g-1' }, [logged('g-0', after), logged('g-1', after)]),
    ).toMatchObject({
      pingAt: 2_000,
      isProved: true,
      lastSent: { at: after, statusCode: 202, status: 'OK', event: 'ping' },
    })
  })

  it('is not a ping that GitHub’s log does not know, nor one from before the webhook was changed', async () => {
    expect(await proofOf({ receivedAt: 2_000, guid: 'forged' }, [logged('g-1', after)])).toMatchObject({
      isProved: false,
    })
    expect(await proofOf({ receivedAt: 2_000, guid: 'g-1' }, [logged('g-1', before)])).toMatchObject({
      isProved: false,
      lastSent: null,
    })
  })

  it('holds for the configuration it was given for, and is a memory for any other', async () => {
    expect(await proofOf({ provedFor: today })).toMatchObject({ isProved: true, wasProved: true })
    expect(await proofOf({ provedFor: '2026-01-01T00:00:00Z' })).toMatchObject({ isProved: false, wasProved: true })
  })

  it('is renewed by whatever came last since the change, if it came here', async () => {
    const changed = { provedFor: '2026-01-01T00:00:00Z' }
    const push = logged('g-9', after, { event: 'push' })
    expect(await proofOf(changed, [push], ['g-9'])).toMatchObject({ isProved: true })
    expect(await proofOf(changed, [push], [])).toMatchObject({ isProved: false })
    const failed = logged('g-9', after, { event: 'push', status: 'Invalid HTTP Response: 401', status_code: 401 })
    expect(await proofOf(changed, [failed], ['g-9'])).toMatchObject({
      isProved: false,
      lastSent: { statusCode: 401, event: 'push' },
    })
    expect(await proofOf({}, [push], ['g-9'])).toMatchObject({ isProved: false })
  })
})
