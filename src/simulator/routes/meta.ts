import { enterpriseVersion } from '../enterprise-version.ts'
import { userOf } from '../http/actor.ts'
import { type Operation, ok, operation } from '../http/operation.ts'
import { notFound } from '../http/refusal.ts'
import { organizationAsAccount, userObject } from '../payloads/account.ts'
import { organizationNamed } from '../world.ts'

const publicProfile = (login: string) => ({
  name: login,
  company: null,
  blog: '',
  location: null,
  email: null,
  hireable: null,
  bio: null,
  public_repos: 0,
  public_gists: 0,
  followers: 0,
  following: 0,
  created_at: '2020-01-01T00:00:00Z',
  updated_at: '2020-01-01T00:00:00Z',
})

const addresses = { hooks: ['127.0.0.0/8'], web: ['127.0.0.0/8'], api: ['127.0.0.0/8'], git: ['127.0.0.0/8'] }

export const metaOperations: readonly Operation[] = [
  operation('GET /meta', 'meta/meta#get-github-meta-information', ({ world }) =>
    ok(
      world.flavour === 'ghes'
        ? { verifiable_password_authentication: true, installed_version: enterpriseVersion }
        : { verifiable_password_authentication: false, ...addresses },
    ),
  ),
  operation('GET /rate_limit', 'rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user', () => {
    throw new Error('Answered where the budgets are.')
  }),
  operation('GET /user', 'users/users#get-the-authenticated-user', ({ world, actor }) => {
    const user = userOf(actor)
    return ok({ ...userObject(world.urls, user), ...publicProfile(user.login) })
  }),
  operation('GET /users/{username}', 'users/users#get-a-user', ({ world, params }) => {
    const organization = organizationNamed(world, params.username ?? '')
    if (organization)
      return ok({ ...publicProfile(organization.login), ...organizationAsAccount(world.urls, organization) })
    const user = world.users.get((params.username ?? '').toLowerCase())
    if (!user) throw notFound()
    return ok({ ...publicProfile(user.login), ...userObject(world.urls, user) })
  }),
]
