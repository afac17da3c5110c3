import { repositoryActionsDefaultToken } from '../../../../src/controls/repository/actions/default-token.ts'
import { judges } from '../../judges.ts'
import { resourceOf } from '../../resource.ts'
import { repositorySaying } from '../../saying.ts'

const facts = (data: object) => ({
  related: { facts: resourceOf('GitHub > Repository Actions Policy', { enabled: true, ...data }) },
})
const [read, write] = [facts({ defaultWorkflowPermissions: 'read' }), facts({ defaultWorkflowPermissions: 'write' })]
const put = (default_workflow_permissions: string) => ({
  'PUT /repos/{owner}/{repo}/actions/permissions/workflow': {
    owner: 'acme',
    repo: 'web',
    default_workflow_permissions,
  },
})
const what = 'Default token of workflows'

judges(repositoryActionsDefaultToken, repositorySaying, [
  ['Read', {}, `ok: ${what}: Read.`, null, read],
  ['Read', {}, `alarm: ${what}: Write, not Read.`, put('read'), write],
  ['Write', {}, `ok: ${what}: Write.`, null, write],
  ['Write', {}, `alarm: ${what}: Read, not Write.`, put('write'), read],
  ['Read', { isFork: true, defaultBranchRef: null }, `alarm: ${what}: Write, not Read.`, put('read'), write],
  ['Read', { isTemplate: true }, `ok: ${what}: Read.`, null, read],
  ['Read', { isArchived: true }, 'skipped: The repository is archived, and takes no change.', null, write],
  [
    'Read',
    {},
    `tbd: ${what}: not known. GitHub shows it only to those who hold \`administration: read\`.`,
    null,
    facts({}),
  ],
  ['Write', { isArchived: true }, 'skipped: The repository is archived, and takes no change.', null, read],
  [
    'Write',
    {},
    `tbd: ${what}: not known. GitHub shows it only to those who hold \`administration: read\`.`,
    null,
    facts({}),
  ],
])
