import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import type { Payload, ReadContext } from '../../src/model/resource-type.ts'
import { organization } from '../../src/resources/organization.ts'
import { recordingGitHub, refused } from '../controls/recording-github.ts'
import { connection, examplesOf } from './examples.ts'

const nodeId = connection.organizationNodeId

/** As `GET /orgs/{org}` gives it to an owner. */
const answered = {
  login: 'Octocoders',
  id: 38302899,
  node_id: nodeId,
  name: 'The Octocoders',
  description: 'A great organization',
  html_url: 'https://github.com/Octocoders',
  is_verified: true,
  plan: { name: 'team', space: 400, private_repos: 20, filled_seats: 4, seats: 5 },
  default_repository_permission: 'read',
  members_can_create_repositories: true,
  members_can_create_public_repositories: false,
  members_can_create_private_repositories: true,
  members_can_create_internal_repositories: false,
  members_can_fork_private_repositories: false,
  members_can_create_pages: true,
  members_can_create_public_pages: false,
  members_can_create_private_pages: true,
  deploy_keys_enabled_for_repositories: false,
  two_factor_requirement_enabled: true,
  web_commit_signoff_required: false,
  created_at: '2008-01-14T04:33:35Z',
  updated_at: '2014-03-03T18:58:10Z',
  billing_email: 'mona@github.com',
}

async function read(answer: object, node: unknown = { login: 'octocoders-of-today' }, errors: readonly object[] = []) {
  const { github, asked } = recordingGitHub({
    'query OrganizationLogin': () => ({ data: { node }, errors }),
    'GET /orgs/{org}': () => ({ data: answer }),
  })
  const observations = await organization.read({ connection, github } as unknown as ReadContext, [nodeId])
  return { observations, asked }
}
const dataOf = async (answer: object) => {
  const [seen] = (await read(answer)).observations
  return seen?.kind === 'seen' ? seen.data : {}
}

describe('the organization, read', () => {
  it('is found by its identity under the login of today, and mapped field by field', async () => {
    const { observations, asked } = await read(answered)
    expect(asked.map(({ parameters }) => parameters)).toEqual([{ id: nodeId }, { org: 'octocoders-of-today' }])
    expect(observations).toEqual([
      {
        kind: 'seen',
        nodeId,
        revision: Date.UTC(2014, 2, 3, 18, 58, 10),
        data: {
          databaseId: 38302899,
          login: 'Octocoders',
          name: 'The Octocoders',
          description: 'A great organization',
          url: 'https://github.com/Octocoders',
          isVerified: true,
          planName: 'team',
          defaultRepositoryPermission: 'read',
          membersCanCreateRepositories: true,
          membersCanCreatePublicRepositories: false,
          membersCanCreatePrivateRepositories: true,
          membersCanCreateInternalRepositories: false,
          membersCanForkPrivateRepositories: false,
          membersCanCreatePages: true,
          membersCanCreatePublicPages: false,
          membersCanCreatePrivatePages: true,
          deployKeysEnabledForRepositories: false,
          twoFactorRequirementEnabled: true,
          webCommitSignoffRequired: false,
          createdAt: '2008-01-14T04:33:35Z',
        },
      },
    ])
    const [seen] = observations
    expect(Object.keys(seen?.kind === 'seen' ? seen.data : {}).sort()).toEqual(Object.keys(organization.fields).sort())
  })

  it.each([
    ['plan', 'planName'],
    ['is_verified', 'isVerified'],
    ['default_repository_permission', 'defaultRepositoryPermission'],
    ['members_can_create_repositories', 'membersCanCreateRepositories'],
    ['members_can_create_public_repositories', 'membersCanCreatePublicRepositories'],
    ['members_can_create_private_repositories', 'membersCanCreatePrivateRepositories'],
    ['members_can_create_internal_repositories', 'membersCanCreateInternalRepositories'],
    ['members_can_fork_private_repositories', 'membersCanForkPrivateRepositories'],
    ['members_can_create_pages', 'membersCanCreatePages'],
    ['members_can_create_public_pages', 'membersCanCreatePublicPages'],
    ['members_can_create_private_pages', 'membersCanCreatePrivatePages'],
    ['deploy_keys_enabled_for_repositories', 'deployKeysEnabledForRepositories'],
    ['two_factor_requirement_enabled', 'twoFactorRequirementEnabled'],
    ['web_commit_signoff_required', 'webCommitSignoffRequired'],
  ])('does not know %s where GitHub hides it', async (hidden, field) => {
    const { [hidden]: _, ...rest } = answered as Record<string, unknown>
    for (const answer of [rest, { ...answered, [hidden]: null }]) expect(await dataOf(answer)).not.toHaveProperty(field)
  })

  it.each(['name', 'description'])(
    'has no %s where it is empty, and does not know it where it is not said',
    async (field) => {
      const { [field]: _, ...rest } = answered as Record<string, unknown>
      expect(await dataOf({ ...answered, [field]: '' })).toHaveProperty(field, null)
      expect(await dataOf({ ...answered, [field]: null })).toHaveProperty(field, null)
      expect(await dataOf(rest)).not.toHaveProperty(field)
    },
  )

  it.each([
    ['id', '1'],
    ['login', null],
    ['html_url', 7],
    ['created_at', 'once'],
    ['updated_at', undefined],
    ['plan', 'team'],
  ])('with a %s of %s is not understood', async (field, value) => {
    await expect(read({ ...answered, [field]: value })).rejects.toThrow(z.ZodError)
  })

  it.each([
    ['it is not found', null, [{ type: 'NOT_FOUND', message: 'no', path: ['node'] }]],
    ['it is no organization', {}, []],
  ])('is gone where %s', async (_what, node, errors) => {
    expect((await read(answered, node, errors)).observations).toEqual([
      { kind: 'gone', nodeId, reason: 'GitHub no longer shows the organization' },
    ])
  })

  it('is asked for again where GitHub shows nothing and says neither why nor that it is not found', async () => {
    for (const errors of [[], [{ type: null, message: 'Something went wrong', path: ['node'] }]])
      expect((await read(answered, null, errors)).observations).toEqual([{ kind: 'prompt', nodeId }])
  })

  it('is not taken for gone where the answer is a refusal', async () => {
    const { github } = recordingGitHub({
      'query OrganizationLogin': () => ({ data: { node: { login: 'Octocoders' } } }),
      'GET /orgs/{org}': () => {
        throw refused(404)
      },
    })
    const reading = organization.read({ connection, github } as unknown as ReadContext, [nodeId])
    await expect(reading).rejects.toMatchObject({ status: 404 })
  })
})

describe('an event of the organization', () => {
  const told = (payload: unknown) => organization.fromEvent.organization?.(payload as Payload, connection)

  it.each(examplesOf('organization').map((each) => [String(each.action), each] as const))(
    'of GitHub’s examples, %s, prompts a look if it may change what we know',
    (action, payload) => {
      expect(told(payload)).toEqual(action === 'renamed' ? [{ kind: 'prompt', nodeId }] : [])
    },
  )

  it('that it was deleted is looked up, never believed', () => {
    expect(told({ action: 'deleted', organization: { node_id: nodeId } })).toEqual([{ kind: 'prompt', nodeId }])
  })

  it('that names none says so, and nothing else', () => {
    for (const said of [undefined, null, 7, [], {}, { node_id: 7 }])
      expect(() => told({ action: 'renamed', organization: said })).toThrow(z.ZodError)
  })

  it('that its login changed prompts a look, by way of the installation too', () => {
    const moved = (payload: unknown) => organization.fromEvent.installation_target?.(payload as Payload, connection)
    expect(moved({ action: 'renamed', account: { node_id: nodeId } })).toEqual([{ kind: 'prompt', nodeId }])
    expect(() => moved({ action: 'renamed', account: null })).toThrow(z.ZodError)
  })
})

it('is called by its login', () => {
  expect(organization.title({ login: 'acme' })).toBe('acme')
  expect(organization.title({})).toBe('an organization')
})
