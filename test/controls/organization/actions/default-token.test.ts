import { organizationActionsDefaultToken } from '../../../../src/controls/organization/actions/default-token.ts'
import { judges } from '../../judges.ts'
import { resourceOf } from '../../resource.ts'
import { organizationSaying } from '../../saying.ts'

const policy = (data: object) => ({ related: { policy: resourceOf('GitHub > Actions Policy', data) } })
const [read, write] = [policy({ defaultWorkflowPermissions: 'read' }), policy({ defaultWorkflowPermissions: 'write' })]
const put = (default_workflow_permissions: string) => ({
  'PUT /orgs/{org}/actions/permissions/workflow': { org: 'acme', default_workflow_permissions },
})
const what = 'Default token of workflows'

judges(organizationActionsDefaultToken, organizationSaying, [
  ['Read', {}, `ok: ${what}: Read.`, null, read],
  ['Read', {}, `alarm: ${what}: Write, not Read.`, put('read'), write],
  ['Write', {}, `ok: ${what}: Write.`, null, write],
  ['Write', {}, `alarm: ${what}: Read, not Write.`, put('write'), read],
  [
    'Read',
    {},
    `tbd: ${what}: not known. GitHub shows it only to those who hold \`organization_administration: read\`.`,
    null,
    policy({}),
  ],
  [
    'Write',
    {},
    `tbd: ${what}: not known. GitHub shows it only to those who hold \`organization_administration: read\`.`,
    null,
    policy({}),
  ],
])
