import { memberPrivilegesRepositoryForking } from '../../../../src/controls/organization/member-privileges/repository-forking.ts'
import { judges } from '../../judges.ts'
import { organizationSaying } from '../../saying.ts'

const [deny, allow] = ['Deny forking of private repositories', 'Allow forking of private repositories']
const says = (isAllowed: boolean | undefined) => ({ members_can_fork_private_repositories: isAllowed })
const patch = (isAllowed: boolean) => ({ 'PATCH /orgs/{org}': { org: 'acme', ...says(isAllowed) } })

judges(memberPrivilegesRepositoryForking, organizationSaying, [
  [deny, says(false), `ok: Repository forking: ${deny}.`],
  [deny, says(true), `alarm: Repository forking: ${allow}, not ${deny}.`, patch(false)],
  [allow, says(true), `ok: Repository forking: ${allow}.`],
  [allow, says(false), `alarm: Repository forking: ${deny}, not ${allow}.`, patch(true)],
  [
    deny,
    says(undefined),
    'tbd: Repository forking: not known. GitHub shows it only to those who hold `organization_administration: read`.',
  ],
  [
    allow,
    says(undefined),
    'tbd: Repository forking: not known. GitHub shows it only to those who hold `organization_administration: read`.',
  ],
])
