import { defineControl } from '../../../model/control-type.ts'
import type { ActionsPolicyData } from '../../../resources/actions-policy.ts'
import type { OrganizationData } from '../../../resources/organization.ts'
import { isKnown, judgeSetting, type Means } from '../../setting.ts'
import { refused, unknown } from '../../unknown.ts'

const what = 'Default token of workflows'
const needs = { organization_administration: 'read' } as const
const means: Means<ActionsPolicyData> = {
  Read: { defaultWorkflowPermissions: 'read' },
  Write: { defaultWorkflowPermissions: 'write' },
}

export const organizationActionsDefaultToken = defineControl<
  OrganizationData,
  { policy: ActionsPolicyData },
  Record<never, never>
>({
  path: 'GitHub > Organization > Actions > Default Token',
  title: 'A workflow that asks for nothing gets no more than the policy says, in any repository.',
  risk: 'Any action that a workflow runs can push, release and change issues with the token it is given.',
  target: 'GitHub > Organization',
  related: { policy: 'GitHub > Actions Policy' },
  reads: [],
  subPolicies: {},
  wanted: Object.keys(means),
  default: 'Skip',
  needs: {
    check: needs,
    enforce: { organization_administration: 'write' },
    why: 'so that it is known what workflows may do',
  },
  advice:
    'An owner of the organization sets it under Settings → Actions → General → Workflow permissions. ' +
    'Let workflows ask for what they need by `permissions:` before it is lowered.',
  marks: {
    Legitify: 'token_default_permissions_is_read_write',
    Scorecard: 'Token-Permissions',
    Prowler: 'organization_default_workflow_permissions_read_only',
  },

  evaluate({ related: { policy }, wanted }) {
    const not = refused(policy)
    if (not) return not
    if (!policy || !isKnown(policy.data, means[wanted])) return unknown(policy, what, needs)
    return judgeSetting(what, policy.data, { means, wanted })
  },

  async enforce({ related: { policy }, wanted, connection, github }) {
    const asked = means[wanted]?.defaultWorkflowPermissions as 'read' | 'write' | undefined
    const { defaultWorkflowPermissions: found } = policy?.data ?? {}
    if (!asked || !found || found === asked || policy?.refusal) return
    await github.write('PUT /orgs/{org}/actions/permissions/workflow', {
      org: connection.login,
      default_workflow_permissions: asked,
    })
  },
})
