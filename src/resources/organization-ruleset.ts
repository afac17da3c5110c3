import { z } from 'zod'
import type { Json } from '../model/resource.ts'
import type { ReadContext } from '../model/resource-type.ts'
import { defineResource, json, number, text, time } from '../model/resource-type.ts'
import { moment } from './moment.ts'
import { restPages } from './rest-pages.ts'
import { wholeList } from './whole-list.ts'

export interface OrganizationRulesetData {
  databaseId: number
  name: string
  target: string
  enforcement: string
  conditions: Json
  rules: Json
  bypassActors: Json
  createdAt: string
  updatedAt: string
}

/** Rules for many repositories at once. An organization has at most 75. */
export const organizationRuleset = defineResource<OrganizationRulesetData>({
  type: 'GitHub > Organization Ruleset',
  view: 'github_organization_ruleset',
  parent: 'GitHub > Organization',
  // Even to look (https://docs.github.com/rest/orgs/rules).
  needs: { organization_administration: 'write' },
  optional: true,
  rhythm: 86_400_000,
  fields: {
    databaseId: number.from('repository_ruleset', 'The numeric id.'),
    name: text.from('repository_ruleset', 'Its name.'),
    target: text.from('repository_ruleset', '`branch`, `tag`, `push` or `repository`.'),
    enforcement: text.from('repository_ruleset', '`active`, `evaluate` or `disabled`.'),
    conditions: json.from('repository_ruleset', 'Which repositories and refs it is for.'),
    rules: json.from('repository_ruleset', 'What it asks.'),
    bypassActors: json.from(
      'repository_ruleset',
      'Who need not keep to it. GitHub tells it to its administrators only.',
    ),
    createdAt: time.from('repository_ruleset', 'When it was made.'),
    updatedAt: time.from('repository_ruleset', 'When it was last changed.'),
  },
  title: ({ name }) => (name ? `organization ruleset ${name}` : 'an organization ruleset'),

  fromEvent: {
    repository_ruleset: ({ repository }, { organizationNodeId }) =>
      repository ? [] : [{ kind: 'prompt', nodeId: organizationNodeId }],
  },

  ...wholeList<OrganizationRulesetData>(pages, 'GitHub no longer lists it'),
})

async function* pages({ connection, github }: ReadContext, from: string | null) {
  const org = connection.login
  const ask = (page: { per_page: number; page: number }) => github.get('GET /orgs/{org}/rulesets', { org, ...page })
  for await (const { items, next, total } of restPages<unknown>(from, ask)) {
    const seen = []
    for (const item of items) {
      // The list leaves out what a ruleset consists of.
      const { data } = await github.get('GET /orgs/{org}/rulesets/{ruleset_id}', {
        org,
        ruleset_id: named.parse(item).id,
      })
      seen.push(fromApi(ruleset.parse(data)))
    }
    yield { seen, next, total }
  }
}

const named = z.object({ id: z.number() })
const anything = z.custom<Json>((value) => value !== undefined)

const ruleset = z.object({
  id: z.number(),
  node_id: z.string().optional(),
  name: z.string(),
  target: z.string().optional(),
  enforcement: z.string(),
  conditions: anything.nullish(),
  rules: anything.nullish(),
  bypass_actors: anything.nullish(),
  created_at: moment.optional(),
  updated_at: moment.optional(),
})

/** What is absent is not shown to the caller. */
function fromApi(said: z.infer<typeof ruleset>) {
  const { id, name, target, enforcement, conditions, rules, bypass_actors, created_at, updated_at } = said
  const data: Partial<OrganizationRulesetData> = {
    databaseId: id,
    name,
    enforcement,
    ...(target !== undefined && { target }),
    ...(conditions && { conditions }),
    ...(rules && { rules }),
    ...(bypass_actors && { bypassActors: bypass_actors }),
    ...(created_at && { createdAt: created_at }),
    ...(updated_at && { updatedAt: updated_at }),
  }
  return {
    kind: 'seen' as const,
    nodeId: said.node_id ?? `organization-ruleset:${id}`,
    ...(updated_at && { revision: Date.parse(updated_at) }),
    data,
  }
}
