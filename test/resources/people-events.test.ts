import { expect, it } from '@jest/globals'
import type { Payload, ResourceType } from '../../src/model/resource-type.ts'
import type { WebhookEvent } from '../../src/model/webhook-event.ts'
import { resourceTypes } from '../../src/resources/index.ts'
import { connection, examplesOf } from './examples.ts'

const typeNamed = (name: string) => resourceTypes.find(({ type }) => type === name) as ResourceType

const said = (type: string, event: WebhookEvent, payload: unknown) =>
  typeNamed(type).fromEvent[event]?.(payload as Payload, connection)

/** What GitHub's own examples of an event make of a type, by hand. */
it.each<[string, WebhookEvent, string | undefined, string]>([
  ['GitHub > Team', 'team', 'deleted', 'MDQ6VGVhbTMyNTMzMjg='],
  ['GitHub > Team', 'membership', 'added', 'MDQ6VGVhbTMyNTMzMjg='],
  ['GitHub > Member', 'organization', 'member_added', 'MDQ6VXNlcjM5NjUyMzUx'],
  ['GitHub > Outside Collaborator', 'member', 'added', connection.organizationNodeId],
  ['GitHub > Branch Protection Rule', 'branch_protection_rule', 'edited', 'MDEwOlJlcG9zaXRvcnkxNzI3MzA1MQ=='],
  ['GitHub > Deploy Key', 'deploy_key', 'created', 'MDEwOlJlcG9zaXRvcnkxMzU0OTMyMzM='],
])('%s: %s.%s prompts a look at %s', (type, event, action, nodeId) => {
  const example = examplesOf(event).find((each) => each.action === action)
  expect(said(type, event, example)).toEqual([{ kind: 'prompt', nodeId }])
})

it('a ruleset is its repository’s where the event names one, else the organization’s', () => {
  const ofRepository = { action: 'created', repository: { id: 1, node_id: 'R_1' } }
  expect(said('GitHub > Repository Ruleset', 'repository_ruleset', ofRepository)).toEqual([
    { kind: 'prompt', nodeId: 'R_1' },
  ])
  expect(said('GitHub > Organization Ruleset', 'repository_ruleset', ofRepository)).toEqual([])
  expect(said('GitHub > Repository Ruleset', 'repository_ruleset', { action: 'created' })).toEqual([])
  expect(said('GitHub > Organization Ruleset', 'repository_ruleset', { action: 'created' })).toEqual([
    { kind: 'prompt', nodeId: connection.organizationNodeId },
  ])
})
