import { expect, it } from '@jest/globals'
import type { ReadContext, ResourceType } from '../../src/model/resource-type.ts'
import { resourceTypes } from '../../src/resources/index.ts'
import { recordingGitHub } from '../controls/recording-github.ts'
import { connection } from './examples.ts'

const typeNamed = (name: string) => resourceTypes.find(({ type }) => type === name) as ResourceType

async function read(name: string, answers: Readonly<Record<string, unknown>>) {
  const said = Object.entries(answers).map(([route, data]) => [route, () => ({ data })] as const)
  const { github } = recordingGitHub(Object.fromEntries(said))
  const context = { connection, github, app: null, ours: {} } as unknown as ReadContext
  return typeNamed(name).read(context, [connection.organizationNodeId])
}

it('a ruleset of the organization is mapped from GitHub’s own example', async () => {
  const [seen, listed] = await read('GitHub > Organization Ruleset', {
    'GET /orgs/{org}/rulesets': [{ id: 21, name: 'super cool ruleset' }],
    'GET /orgs/{org}/rulesets/{ruleset_id}': {
      id: 21,
      name: 'super cool ruleset',
      target: 'branch',
      source_type: 'Organization',
      source: 'my-org',
      enforcement: 'active',
      bypass_actors: [{ actor_id: 234, actor_type: 'Team', bypass_mode: 'always' }],
      conditions: { ref_name: { include: ['refs/heads/main'], exclude: [] } },
      rules: [{ type: 'commit_author_email_pattern', parameters: { operator: 'contains', pattern: 'github' } }],
      node_id: 'RRS_lACkVXNlcgQB',
      created_at: '2023-08-15T08:43:03Z',
      updated_at: '2023-09-23T16:29:47Z',
    },
  })
  expect(seen).toEqual({
    kind: 'seen',
    nodeId: 'RRS_lACkVXNlcgQB',
    revision: Date.UTC(2023, 8, 23, 16, 29, 47),
    data: {
      databaseId: 21,
      name: 'super cool ruleset',
      target: 'branch',
      enforcement: 'active',
      conditions: { ref_name: { include: ['refs/heads/main'], exclude: [] } },
      rules: [{ type: 'commit_author_email_pattern', parameters: { operator: 'contains', pattern: 'github' } }],
      bypassActors: [{ actor_id: 234, actor_type: 'Team', bypass_mode: 'always' }],
      createdAt: '2023-08-15T08:43:03Z',
      updatedAt: '2023-09-23T16:29:47Z',
    },
  })
  expect(listed).toMatchObject({ kind: 'listed', nodeIds: ['RRS_lACkVXNlcgQB'] })
})

it('whoever may bypass it is not known where GitHub does not say', async () => {
  const ruleset = { id: 1, name: 'x', enforcement: 'active' }
  const [seen] = await read('GitHub > Organization Ruleset', {
    'GET /orgs/{org}/rulesets': [ruleset],
    'GET /orgs/{org}/rulesets/{ruleset_id}': ruleset,
  })
  expect(seen?.kind === 'seen' ? Object.keys(seen.data) : []).toEqual(['databaseId', 'name', 'enforcement'])
})

it('custom properties are mapped from GitHub’s own examples', async () => {
  const said = await read('GitHub > Custom Property', {
    'GET /orgs/{org}/properties/schema': [
      {
        property_name: 'environment',
        value_type: 'single_select',
        required: true,
        default_value: 'production',
        description: 'Prod or dev environment',
        allowed_values: ['production', 'development'],
        values_editable_by: 'org_actors',
      },
      { property_name: 'service', value_type: 'string' },
    ],
  })
  expect(said.map((each) => (each.kind === 'seen' ? each.data : each.kind))).toEqual([
    {
      propertyName: 'environment',
      valueType: 'single_select',
      required: true,
      defaultValue: 'production',
      description: 'Prod or dev environment',
      allowedValues: ['production', 'development'],
      valuesEditableBy: 'org_actors',
    },
    {
      propertyName: 'service',
      valueType: 'string',
      required: false,
      defaultValue: null,
      description: null,
      allowedValues: null,
      valuesEditableBy: null,
    },
    'listed',
  ])
})

it('a webhook of somebody else is recorded without what may be secret', async () => {
  const [seen] = await read('GitHub > Organization Webhook', {
    'GET /orgs/{org}/hooks': [
      {
        id: 7,
        name: 'web',
        active: true,
        events: ['push', 'issues'],
        config: {
          url: 'https://user:pass@else.example/hook?token=secret',
          content_type: 'json',
          insecure_ssl: '1',
          secret: '********',
        },
        created_at: '2023-08-15T08:43:03Z',
        updated_at: '2023-09-23T16:29:47Z',
      },
    ],
  })
  expect(seen).toMatchObject({
    nodeId: 'organization-webhook:7',
    data: { url: 'https://else.example/hook', events: ['issues', 'push'], verifiesSsl: false, contentType: 'json' },
  })
  expect(JSON.stringify(seen)).not.toMatch(/pass|secret|\*\*/)
})
