import type { Json } from '../model/resource.ts'
import { defineResource, json, number, text, time } from '../model/resource-type.ts'
import { hiddenIn } from './graph-errors.ts'
import { type RepositoryList, readLists, repositoryPrompted } from './repository-list.ts'

export interface RepositoryRulesetData {
  databaseId: number
  name: string
  target: string | null
  enforcement: string
  conditions: Json
  rules: Json
  bypassActors: Json
  createdAt: string
  updatedAt: string
}

const event = 'repository_ruleset'

/** Rules of one repository. Those of its organization are the organization's. */
export const repositoryRuleset = defineResource<RepositoryRulesetData>({
  type: 'GitHub > Repository Ruleset',
  view: 'github_repository_ruleset',
  parent: 'GitHub > Repository',
  needs: { administration: 'read' },
  optional: true,
  fields: {
    databaseId: number.from(event, 'The numeric id.'),
    name: text.from(event, 'Its name.'),
    target: text.from(event, '`branch`, `tag`, `push` or `repository`.'),
    enforcement: text.from(event, '`active`, `evaluate` or `disabled`.'),
    conditions: json.from(event, 'Which refs it is for.'),
    rules: json.from(event, 'What it asks.'),
    bypassActors: json.from(event, 'Who need not keep to it. GitHub tells it to administrators only.'),
    createdAt: time.from(event, 'When it was made.'),
    updatedAt: time.from(event, 'When it was last changed.'),
  },
  title: ({ name }) => (name ? `ruleset ${name}` : 'a ruleset'),
  fromEvent: { repository_ruleset: repositoryPrompted },

  readBy: 'parent',
  batch: 10,
  read: (context, repositories) => readLists(repositoryRulesets)(context, repositories),
  discoveredWith: 'GitHub > Branch Protection Rule',
})

interface GraphActor {
  bypassMode: string | null
  deployKey: boolean
  enterpriseOwner: boolean
  organizationAdmin: boolean
  repositoryRoleName: string | null
  actor: { __typename: string; slug?: string } | null
}

interface GraphRuleset {
  id: string
  databaseId: number
  name: string
  target: string | null
  enforcement: string
  conditions: { refName: Json } | null
  rules: { nodes: ({ type: string; parameters: Json } | null)[] | null } | null
  bypassActors: { nodes: (GraphActor | null)[] | null } | null
  createdAt: string
  updatedAt: string
}

export const repositoryRulesets: RepositoryList<GraphRuleset, RepositoryRulesetData> = {
  field: 'rulesets',
  arguments: 'includeParents: false',
  asks: `id databaseId name target enforcement createdAt updatedAt conditions { refName { include exclude } }
    rules(first: 50) { nodes { type parameters {
      ... on PullRequestParameters { requiredApprovingReviewCount requireCodeOwnerReview dismissStaleReviewsOnPush
        requireLastPushApproval requiredReviewThreadResolution }
      ... on RequiredStatusChecksParameters { strictRequiredStatusChecksPolicy requiredStatusChecks { context } } } } }
    bypassActors(first: 20) { nodes { bypassMode deployKey enterpriseOwner organizationAdmin repositoryRoleName
      actor { __typename ... on App { slug } ... on Team { slug } } } }`,
  data(said, errors, isShownAll) {
    const { databaseId, name, target, enforcement, conditions, rules, bypassActors, createdAt, updatedAt } = said
    const hidden = hiddenIn(errors)
    const actors = bypassActors?.nodes?.flatMap((actor) => (actor ? [actorOf(actor)] : []))
    const all: Partial<RepositoryRulesetData> = {
      databaseId,
      name,
      target: target?.toLowerCase() ?? null,
      enforcement: enforcement.toLowerCase(),
      ...(conditions && { conditions: { refName: conditions.refName } }),
      ...(rules?.nodes && {
        rules: rules.nodes.flatMap((rule) =>
          rule ? [{ type: rule.type.toLowerCase(), ...(rule.parameters && { parameters: rule.parameters }) }] : [],
        ),
      }),
      // Nobody and hidden look alike to those who may not write the ruleset.
      ...(actors && (isShownAll || actors.length > 0) && { bypassActors: actors }),
      createdAt,
      updatedAt,
    }
    return Object.fromEntries(Object.entries(all).filter(([field]) => !hidden.has(field)))
  },
}

function actorOf({ bypassMode, deployKey, enterpriseOwner, organizationAdmin, repositoryRoleName, actor }: GraphActor) {
  const who = deployKey
    ? 'deploy keys'
    : enterpriseOwner
      ? 'enterprise owners'
      : organizationAdmin
        ? 'organization owners'
        : repositoryRoleName
          ? `role ${repositoryRoleName}`
          : actor
            ? `${actor.__typename} ${actor.slug ?? ''}`.trim()
            : 'not known'
  return { who, mode: bypassMode?.toLowerCase() ?? null }
}
