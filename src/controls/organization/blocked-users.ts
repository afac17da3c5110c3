import { defineControl } from '../../model/control-type.ts'
import { alarm, ok, tbd } from '../../model/verdict.ts'
import type { BlockedUsersData } from '../../resources/blocked-users.ts'
import type { OrganizationData } from '../../resources/organization.ts'
import { refused } from '../unknown.ts'

const path = 'GitHub > Organization > Blocked Users'

/** GitHub tells of blocking, but not that it lets us look again. In milliseconds. */
const rhythm = 600_000

/** Whoever is named is blocked. Others who are blocked are nobody's business: the policy does not name them. */
export const organizationBlockedUsers = defineControl<
  OrganizationData,
  { blocked: BlockedUsersData },
  { usernames: readonly string[] }
>({
  path,
  title: 'Everybody whom the policy names is blocked.',
  risk: 'Somebody who was to be kept out can comment, open issues and fork.',
  target: 'GitHub > Organization',
  related: { blocked: 'GitHub > Blocked Users' },
  reads: [],
  subPolicies: {
    usernames: {
      path: `${path} > Usernames`,
      question: 'Who is to be blocked, by login.',
      kind: 'list',
      mayBeEmpty: true,
      default: () => [],
    },
  },
  wanted: ['Block Users'],
  default: 'Check: Block Users',
  needs: {
    check: { organization_user_blocking: 'read' },
    enforce: { organization_user_blocking: 'write' },
    why: 'so that it is known who is blocked',
  },
  advice:
    'An owner of the organization blocks them under Settings → Moderation → Blocked users. ' +
    'To have it done, set this policy to `Enforce: Block Users`.',

  evaluate({ related: { blocked }, values: { usernames }, now }) {
    const recheckAt = now + rhythm
    const not = refused(blocked)
    if (not) return { ...not, recheckAt }
    const known = blocked?.data.usernames
    if (!known) return tbd('Who is blocked has not been read yet.', { recheckAt })
    const missing = missingOf(usernames, known)
    const evidence = usernames.map((name) => {
      const isMissing = missing.includes(name)
      const state = isMissing ? 'alarm' : 'ok'
      return { about: `User ${name}`, found: isMissing ? 'not blocked' : 'blocked', wanted: 'blocked', state } as const
    })
    if (missing.length > 0) return alarm(`Not blocked: ${missing.join(', ')}.`, { evidence, recheckAt })
    return ok(usernames.length > 0 ? 'All who are named are blocked.' : 'Nobody is named.', { evidence, recheckAt })
  },

  async enforce({ related: { blocked }, values: { usernames }, connection, github }) {
    if (blocked?.refusal || !blocked?.data.usernames) return
    for (const username of missingOf(usernames, blocked.data.usernames))
      await github.write('PUT /orgs/{org}/blocks/{username}', { org: connection.login, username })
  },
})

/** Logins are the same whatever their case. */
function missingOf(wanted: readonly string[], blocked: readonly string[]): string[] {
  const known = new Set(blocked.map((name) => name.toLowerCase()))
  return wanted.filter((name) => !known.has(name.toLowerCase()))
}
