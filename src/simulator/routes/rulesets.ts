import { type Operation, ok, onOrganization } from '../http/operation.ts'
import { Refusal } from '../http/refusal.ts'

/** Nobody makes rulesets here; what matters is that a free plan has none, for public repositories neither. */
export const rulesetOperations: readonly Operation[] = [
  onOrganization('GET /orgs/{org}/rulesets', 'orgs/rules#get-all-organization-repository-rulesets', (_, { plan }) => {
    if (plan === 'free') throw new Refusal(403, 'Upgrade to GitHub Team to enable this feature.')
    return ok([])
  }),
]
