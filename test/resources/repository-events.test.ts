import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { z } from 'zod'
import type { Payload } from '../../src/model/resource-type.ts'
import type { WebhookEvent } from '../../src/model/webhook-event.ts'
import { repository } from '../../src/resources/repository.ts'
import { connection, exampleOf, examplesOf } from './examples.ts'

const told = (event: WebhookEvent, payload: unknown) => repository.fromEvent[event]?.(payload as Payload, connection)

const helloWorld = {
  databaseId: 186853261,
  name: 'Hello-World',
  nameWithOwner: 'Octocoders/Hello-World',
  url: 'https://github.com/Octocoders/Hello-World',
  description: null,
  homepageUrl: null,
  visibility: 'public',
  isArchived: false,
  isFork: true,
  isTemplate: false,
  topics: [],
  createdAt: '2019-05-15T15:20:42Z',
}

describe('a repository event', () => {
  it.each(['created', 'edited', 'renamed'])('%s fills in what it says, and no more', (action) => {
    expect(
      told(
        'repository',
        exampleOf('repository', (each) => each.action === action),
      ),
    ).toEqual([
      {
        kind: 'seen',
        nodeId: 'MDEwOlJlcG9zaXRvcnkxODY4NTMyNjE=',
        revision: Date.UTC(2019, 4, 15, 15, 20, 41),
        data: helloWorld,
      },
    ])
  })

  it.each(['deleted', 'transferred'])('%s takes nothing away, but prompts a look', (action) => {
    const payload = { ...exampleOf('repository', (each) => each.action === 'transferred'), action }
    expect(told('repository', payload)).toEqual([{ kind: 'prompt', nodeId: 'MDEwOlJlcG9zaXRvcnkxODY4NTMyNjE=' }])
  })

  it.each(
    [...examplesOf('repository'), ...examplesOf('public')].map((each) => [each.action ?? 'public', each] as const),
  )('of GitHub’s examples, %s, is understood', (action, payload) => {
    const [said, ...more] = told(action === 'public' ? 'public' : 'repository', payload) ?? []
    expect(more).toEqual([])
    expect(said?.nodeId).toBe(payload.repository?.node_id)
  })

  const changed = (change: object) => {
    const payload = exampleOf('repository')
    return { ...payload, repository: { ...payload.repository, ...change } }
  }
  const dataOf = (change: object) => {
    const [said] = told('repository', changed(change)) ?? []
    return said?.kind === 'seen' ? said.data : {}
  }

  it('leaves the default branch out: an empty repository names one it does not have', () => {
    expect(dataOf({ default_branch: 'main' })).not.toHaveProperty('defaultBranch')
  })

  it('takes an empty description or website for none', () => {
    expect(dataOf({ description: '', homepage: '' })).toMatchObject({ description: null, homepageUrl: null })
    expect(dataOf({ description: 'Hello', homepage: 'https://a.example' })).toMatchObject({
      description: 'Hello',
      homepageUrl: 'https://a.example',
    })
  })

  it.each([
    ['private', true, 'private'],
    ['internal', true, 'internal'],
    ['public', false, 'public'],
    [undefined, false, 'public'],
    [undefined, true, undefined],
    ['public', true, undefined],
    ['private', false, undefined],
  ])('of visibility %s and private: %s says %s', (visibility, isPrivate, wanted) => {
    expect(dataOf({ visibility, private: isPrivate }).visibility).toBe(wanted)
  })

  it('leaves out what older servers do not say', () => {
    const data = dataOf({ archived: undefined, is_template: undefined, topics: undefined })
    for (const field of ['isArchived', 'isTemplate', 'topics']) expect(data).not.toHaveProperty(field)
  })

  it('sorts topics, and takes times in seconds and with an offset', () => {
    expect(dataOf({ topics: ['web', 'app'], created_at: 1_557_933_642 })).toMatchObject({
      topics: ['app', 'web'],
      createdAt: '2019-05-15T15:20:42Z',
    })
    expect(dataOf({ created_at: '2019-05-15T17:20:42+02:00' }).createdAt).toBe('2019-05-15T15:20:42Z')
  })

  const wrong = [undefined, null, 7, 'text', [], {}, true]
  const required = ['id', 'node_id', 'name', 'full_name', 'html_url', 'private', 'fork', 'created_at', 'updated_at']
  const optional = ['visibility', 'archived', 'is_template', 'topics', 'description']

  it.each(required)('without a good %s says so, and nothing else', (field) => {
    for (const value of [undefined, null, [], {}])
      expect(() => told('repository', changed({ [field]: value }))).toThrow(z.ZodError)
  })

  it.each(optional)('with a bad %s says so, and nothing else', (field) => {
    for (const value of [7, {}]) expect(() => told('repository', changed({ [field]: value }))).toThrow(z.ZodError)
  })

  it.each(['yesterday', '', '2019-13-45T00:00:00Z', -1, 1.5, 1e300, Number.NaN])('refuses the time %s', (time) => {
    expect(() => told('repository', changed({ created_at: time }))).toThrow(z.ZodError)
    expect(() => told('repository', changed({ updated_at: time }))).toThrow(z.ZodError)
  })

  it('of any other shape says so, and nothing else', () => {
    for (const said of wrong) expect(() => told('repository', { repository: said })).toThrow(z.ZodError)
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...required, ...optional), (value, field) => {
        for (const event of ['repository', 'public', 'push'] as const) {
          const payload = { ref: 'refs/heads/main', after: 'a', ...changed({ [field]: value }) }
          try {
            told(event, payload)
          } catch (error) {
            expect(error).toBeInstanceOf(z.ZodError)
          }
        }
      }),
    )
  })
})

describe('a push', () => {
  const onDefault = exampleOf('push', (each) => each.ref === 'refs/heads/master')
  const sha = '6113728f27ae82c7b1a177c8d03f9e96e0adf246'
  const nodeId = 'MDEwOlJlcG9zaXRvcnkxODY4NTMwMDI='
  const pushedAt = '2019-05-15T15:20:57Z'

  it('to the default branch moves the head', () => {
    expect(told('push', onDefault)).toEqual([{ kind: 'seen', nodeId, data: { pushedAt, headSha: sha } }])
  })

  it.each([
    ['of a tag', { ref: 'refs/tags/master' }],
    ['to another branch', { ref: 'refs/heads/feature' }],
    ['to a branch whose name ends alike', { ref: 'refs/heads/old/master' }],
    ['that deletes the default branch', { after: '0000000000000000000000000000000000000000', deleted: true }],
    ['that deletes it where commits are named by SHA-256', { after: '0'.repeat(64) }],
  ])('%s moves no head', (_what, change) => {
    expect(told('push', { ...onDefault, ...change })).toEqual([{ kind: 'seen', nodeId, data: { pushedAt } }])
  })

  it.each([
    [1_557_933_657, pushedAt],
    [pushedAt, pushedAt],
    [null, undefined],
    [undefined, undefined],
  ])('at %s was made at %s', (said, wanted) => {
    const [seen] = told('push', { ...onDefault, repository: { ...onDefault.repository, pushed_at: said } }) ?? []
    expect(seen).toEqual({ kind: 'seen', nodeId, data: { headSha: sha, ...(wanted && { pushedAt: wanted }) } })
  })

  it.each(examplesOf('push').map((each) => [String(each.ref), each] as const))(
    'of %s is understood',
    (_ref, payload) => {
      expect(told('push', payload)).toMatchObject([{ kind: 'seen', nodeId, data: { pushedAt } }])
    },
  )

  it.each(['ref', 'after', 'repository'])('without %s says so, and nothing else', (field) => {
    for (const value of [undefined, null, 7, []])
      expect(() => told('push', { ...onDefault, [field]: value })).toThrow(z.ZodError)
  })
})

describe('a change of the repositories covered', () => {
  it.each(examplesOf('installation_repositories').map((each) => [String(each.action), each] as const))(
    '%s prompts a look at each',
    (action, payload) => {
      const nodeId = action === 'added' ? 'MDEwOlJlcG9zaXRvcnkxODY4NTMwMDc=' : 'MDEwOlJlcG9zaXRvcnkxODY4NTMwMDI='
      expect(told('installation_repositories', payload)).toEqual([{ kind: 'prompt', nodeId }])
    },
  )

  it('says nothing where it names none, and says so where what it names is none', () => {
    expect(told('installation_repositories', {})).toEqual([])
    for (const said of [null, 'all', [null], [{ id: 1 }], [{ node_id: 7 }]])
      expect(() => told('installation_repositories', { repositories_removed: said })).toThrow(z.ZodError)
  })
})
