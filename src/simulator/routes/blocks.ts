import { userOf } from '../http/actor.ts'
import { type Call, noContent, type Operation, onOrganization } from '../http/operation.ts'
import { paginate } from '../http/paginate.ts'
import { notFound, validationFailed } from '../http/refusal.ts'
import type { Organization } from '../organization.ts'
import { userObject } from '../payloads/account.ts'

const blocking = (heading: string) => `orgs/blocking#${heading}`
const one = '/orgs/{org}/blocks/{username}'

const named = ({ params }: Call, organization: Organization): string | undefined =>
  [...organization.blockedUsers].find(({ login }) => login.toLowerCase() === params.username?.toLowerCase())?.login

export const blockOperations: readonly Operation[] = [
  onOrganization(
    'GET /orgs/{org}/blocks',
    blocking('list-users-blocked-by-an-organization'),
    (call, { blockedUsers }) => {
      const { page, headers } = paginate(call, [...blockedUsers])
      return { status: 200, body: page.map((user) => userObject(call.world.urls, user)), headers }
    },
  ),
  onOrganization(`GET ${one}`, blocking('check-if-a-user-is-blocked-by-an-organization'), (call, organization) => {
    if (!named(call, organization)) throw notFound()
    return noContent()
  }),
  /** Members cannot be blocked (https://docs.github.com/communities/maintaining-your-safety-on-github). */
  onOrganization(`PUT ${one}`, blocking('block-a-user-from-an-organization'), (call, organization) => {
    const username = call.params.username ?? ''
    if ([...organization.members.keys()].some(({ login }) => login.toLowerCase() === username.toLowerCase()))
      throw validationFailed({ resource: 'UserBlock', code: 'unprocessable', field: 'user' })
    if (!named(call, organization)) organization.block(username, { sender: userOf(call.actor).login })
    return noContent()
  }),
  onOrganization(`DELETE ${one}`, blocking('unblock-a-user-from-an-organization'), (call, organization) => {
    const login = named(call, organization)
    if (!login) throw notFound()
    organization.unblock(login, { sender: userOf(call.actor).login })
    return noContent()
  }),
]
