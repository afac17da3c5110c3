import { type Call, type Operation, ok, onOrganization } from '../http/operation.ts'
import { paginate } from '../http/paginate.ts'
import { notFound, Refusal } from '../http/refusal.ts'
import type { Organization } from '../organization.ts'
import { fullRulesetObject, rulesetObject } from '../ruleset.ts'

const rules = (heading: string) => `orgs/rules#${heading}`

/** A free plan has none, for public repositories neither. */
function refuseFree({ plan }: Organization): void {
  if (plan === 'free') throw new Refusal(403, 'Upgrade to GitHub Team to enable this feature.')
}

function list(call: Call, organization: Organization) {
  refuseFree(organization)
  const { page, headers } = paginate(call, [...organization.rulesets.values()])
  return { status: 200, body: page.map((each) => rulesetObject({ organization }, each)), headers }
}

export const rulesetOperations: readonly Operation[] = [
  onOrganization('GET /orgs/{org}/rulesets', rules('get-all-organization-repository-rulesets'), list),
  onOrganization(
    'GET /orgs/{org}/rulesets/{ruleset_id}',
    rules('get-an-organization-repository-ruleset'),
    ({ params }, organization) => {
      refuseFree(organization)
      const found = organization.rulesets.get(Number(params.ruleset_id))
      if (!found) throw notFound()
      return ok(fullRulesetObject({ organization }, found, true))
    },
  ),
]
