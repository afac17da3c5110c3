import type { Permissions } from '../permission.ts'

/** What an operation asks of its caller. */
export interface Rule {
  /**
   * `anyone`: no permission is asked; `app`: an App with its JWT; `installation`: an installation's token; `user`: a
   * person's token; `permitted`: whoever holds one of the sets of permissions.
   */
  readonly caller: 'anyone' | 'app' | 'installation' | 'user' | 'permitted'
  /** Alternative sets. The first is the one that decides here; the others belong to pull requests. */
  readonly permissions?: readonly Permissions[]
  /** Answered without the permission, and without authentication, where the repository is public. */
  readonly publicToo?: true
  /** Classic tokens: one of these. For private repositories `repo` is asked in any case. */
  readonly scopes?: readonly string[]
  /** What a person must be, whatever the token holds. */
  readonly role?: 'owner' | 'admin' | 'write' | 'read'
  /** Refused to every person's token. */
  readonly appsOnly?: true
}

const app: Rule = { caller: 'app' }
const anyone: Rule = { caller: 'anyone' }

const organizationHooks = (level: 'read' | 'write'): Rule => ({
  caller: 'permitted',
  permissions: [{ organization_hooks: level }],
  scopes: ['admin:org_hook'],
  role: 'owner',
})

const ofOwner = (permission: string, level: 'read' | 'write', ...scopes: string[]): Rule => ({
  caller: 'permitted',
  permissions: [{ [permission]: level }],
  scopes,
  role: 'owner',
})

const administration: Rule = {
  caller: 'permitted',
  permissions: [{ administration: 'write' }],
  scopes: ['repo', 'public_repo'],
  role: 'admin',
}

const administrationRead: Rule = {
  caller: 'permitted',
  permissions: [{ administration: 'read' }],
  scopes: ['repo'],
  role: 'admin',
}

const readable = (...permissions: Permissions[]): Rule => ({
  caller: 'permitted',
  permissions,
  publicToo: true,
  role: 'read',
})

const writable = (role: 'read' | 'write', ...permissions: Permissions[]): Rule => ({
  caller: 'permitted',
  permissions,
  scopes: ['repo', 'public_repo'],
  role,
})

const checksWrite: Rule = { caller: 'permitted', permissions: [{ checks: 'write' }], appsOnly: true }

/**
 * By operation, from “Permissions required for GitHub Apps” and “… for fine-grained personal access tokens”
 * (https://docs.github.com/rest/authentication), and for scopes from each operation's own page.
 */
export const rules: Readonly<Record<string, Rule>> = {
  'GET /meta': anyone,
  'GET /rate_limit': anyone,
  'GET /user': { caller: 'user' },
  'GET /users/{username}': anyone,

  'POST /app-manifests/{code}/conversions': anyone,
  'GET /app': app,
  'GET /app/hook/config': app,
  'PATCH /app/hook/config': app,
  'GET /app/hook/deliveries': app,
  'GET /app/hook/deliveries/{delivery_id}': app,
  'POST /app/hook/deliveries/{delivery_id}/attempts': app,
  'GET /app/installations': app,
  'GET /app/installations/{installation_id}': app,
  'DELETE /app/installations/{installation_id}': app,
  'POST /app/installations/{installation_id}/access_tokens': app,
  'GET /orgs/{org}/installation': app,
  'GET /installation/repositories': { caller: 'installation', permissions: [{ metadata: 'read' }] },

  'GET /orgs/{org}': anyone,
  'PATCH /orgs/{org}': ofOwner('organization_administration', 'write', 'admin:org'),
  'GET /orgs/{org}/installations': ofOwner('organization_administration', 'read', 'admin:read', 'admin:org'),
  'GET /orgs/{org}/audit-log': ofOwner('organization_administration', 'read', 'read:audit_log'),
  'GET /orgs/{org}/blocks': ofOwner('organization_user_blocking', 'read', 'admin:org'),
  'GET /orgs/{org}/blocks/{username}': ofOwner('organization_user_blocking', 'read', 'admin:org'),
  'PUT /orgs/{org}/blocks/{username}': ofOwner('organization_user_blocking', 'write', 'admin:org'),
  'DELETE /orgs/{org}/blocks/{username}': ofOwner('organization_user_blocking', 'write', 'admin:org'),
  'GET /orgs/{org}/members': { caller: 'permitted', permissions: [{ members: 'read' }] },
  'GET /orgs/{org}/memberships/{username}': { caller: 'permitted', permissions: [{ members: 'read' }] },
  'GET /orgs/{org}/outside_collaborators': { caller: 'permitted', permissions: [{ members: 'read' }] },
  'GET /orgs/{org}/actions/permissions': ofOwner('organization_administration', 'read', 'admin:org'),
  'GET /orgs/{org}/actions/permissions/workflow': ofOwner('organization_administration', 'read', 'admin:org'),
  'PUT /orgs/{org}/actions/permissions/workflow': ofOwner('organization_administration', 'write', 'admin:org'),
  'GET /orgs/{org}/actions/permissions/selected-actions': ofOwner('organization_administration', 'read', 'admin:org'),
  'GET /orgs/{org}/properties/schema': {
    caller: 'permitted',
    permissions: [{ organization_custom_properties: 'read' }],
  },
  'GET /orgs/{org}/properties/values': {
    caller: 'permitted',
    permissions: [{ organization_custom_properties: 'read' }],
  },
  'GET /orgs/{org}/repos': { caller: 'anyone', permissions: [{ metadata: 'read' }] },
  'POST /orgs/{org}/repos': { ...administration, role: 'owner' },

  'GET /orgs/{org}/rulesets': ofOwner('organization_administration', 'write', 'admin:org'),
  'GET /orgs/{org}/rulesets/{ruleset_id}': ofOwner('organization_administration', 'write', 'admin:org'),

  'GET /orgs/{org}/hooks': organizationHooks('read'),
  'POST /orgs/{org}/hooks': organizationHooks('write'),
  'GET /orgs/{org}/hooks/{hook_id}': organizationHooks('read'),
  'PATCH /orgs/{org}/hooks/{hook_id}': organizationHooks('write'),
  'DELETE /orgs/{org}/hooks/{hook_id}': organizationHooks('write'),
  'GET /orgs/{org}/hooks/{hook_id}/config': organizationHooks('read'),
  'PATCH /orgs/{org}/hooks/{hook_id}/config': organizationHooks('write'),
  'POST /orgs/{org}/hooks/{hook_id}/pings': organizationHooks('write'),
  'GET /orgs/{org}/hooks/{hook_id}/deliveries': organizationHooks('read'),
  'GET /orgs/{org}/hooks/{hook_id}/deliveries/{delivery_id}': organizationHooks('read'),
  'POST /orgs/{org}/hooks/{hook_id}/deliveries/{delivery_id}/attempts': organizationHooks('write'),

  'GET /repos/{owner}/{repo}': readable({ metadata: 'read' }),
  'PATCH /repos/{owner}/{repo}': administration,
  'GET /repos/{owner}/{repo}/actions/permissions': administrationRead,
  'GET /repos/{owner}/{repo}/actions/permissions/workflow': administrationRead,
  'PUT /repos/{owner}/{repo}/actions/permissions/workflow': administration,
  'PUT /repos/{owner}/{repo}/vulnerability-alerts': administration,
  'DELETE /repos/{owner}/{repo}/vulnerability-alerts': administration,
  'PUT /repos/{owner}/{repo}/automated-security-fixes': administration,
  'DELETE /repos/{owner}/{repo}/automated-security-fixes': administration,
  'GET /repos/{owner}/{repo}/private-vulnerability-reporting': administrationRead,
  'PUT /repos/{owner}/{repo}/private-vulnerability-reporting': administration,
  'DELETE /repos/{owner}/{repo}/private-vulnerability-reporting': administration,
  'POST /repos/{owner}/{repo}/branches/{branch}/rename': {
    ...administration,
    permissions: [{ administration: 'write', contents: 'write' }],
  },
  'DELETE /repos/{owner}/{repo}': { ...administration, scopes: ['delete_repo'] },
  'GET /repos/{owner}/{repo}/branches/{branch}': readable({ contents: 'read' }),
  'GET /repos/{owner}/{repo}/commits/{ref}': readable({ contents: 'read' }),
  'GET /repos/{owner}/{repo}/git/ref/{ref}': readable({ contents: 'read' }),
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': readable({ contents: 'read' }),
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}': readable({ contents: 'read' }),
  'GET /repos/{owner}/{repo}/rules/branches/{branch}': readable({ metadata: 'read' }),
  'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}': readable({ metadata: 'read' }),
  'GET /repos/{owner}/{repo}/branches/{branch}/protection': {
    caller: 'permitted',
    permissions: [{ administration: 'read' }],
    scopes: ['repo'],
    role: 'admin',
  },

  'GET /repos/{owner}/{repo}/pulls': readable({ pull_requests: 'read' }),
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': readable({ pull_requests: 'read' }),
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/files': readable({ pull_requests: 'read' }),

  'POST /repos/{owner}/{repo}/check-runs': checksWrite,
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': checksWrite,
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}': readable({ checks: 'read' }),
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': readable({ checks: 'read' }),

  'POST /repos/{owner}/{repo}/statuses/{sha}': {
    ...writable('write', { statuses: 'write' }),
    scopes: ['repo', 'repo:status'],
  },
  'GET /repos/{owner}/{repo}/commits/{ref}/statuses': readable({ statuses: 'read' }),
  'GET /repos/{owner}/{repo}/commits/{ref}/status': readable({ statuses: 'read' }),

  'GET /repos/{owner}/{repo}/issues': readable({ issues: 'read' }, { pull_requests: 'read' }),
  'POST /repos/{owner}/{repo}/issues': writable('read', { issues: 'write' }),
  'GET /repos/{owner}/{repo}/issues/{issue_number}': readable({ issues: 'read' }, { pull_requests: 'read' }),
  'PATCH /repos/{owner}/{repo}/issues/{issue_number}': writable(
    'read',
    { issues: 'write' },
    { pull_requests: 'write' },
  ),
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': readable({ issues: 'read' }, { pull_requests: 'read' }),
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': writable(
    'read',
    { issues: 'write' },
    { pull_requests: 'write' },
  ),
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': writable(
    'read',
    { issues: 'write' },
    { pull_requests: 'write' },
  ),
}

/** A rule's permissions as the header `X-Accepted-GitHub-Permissions` writes them: `,` is and, `;` is or. */
export const acceptedPermissions = ({ permissions = [] }: Rule): string =>
  permissions
    .map((set) =>
      Object.entries(set)
        .map(([key, level]) => `${key}=${level}`)
        .join(','),
    )
    .join('; ')
