import { type Actor, actorName } from '../http/actor.ts'
import { Refusal } from '../http/refusal.ts'
import type { World } from '../world.ts'
import type { LimitOptions } from './options.ts'
import type { Wait } from './waits.ts'

/** The request that is refused, as GitHub's words name it. */
export interface Refused {
  readonly world: World
  readonly actor: Actor
  readonly requestId: string
  readonly graphql: boolean
}

const isPrimary = ({ kind }: Wait): boolean => ['primary', 'graphPoints', 'auditLog'].includes(kind)

/** GraphQL says with status 200, among the errors, that the hour's points are used up. */
export const isSaidAsGraphError = (wait: Wait): boolean => wait.kind === 'graphPoints'

function who(actor: Actor): string {
  const [kind, id] = actorName(actor).split(' ')
  if (!id) return '127.0.0.1'
  return kind === 'app' ? `app ID ${id}` : `${kind} ID ${id}`
}

function support({ world, requestId }: Refused): string {
  const time = new Date(world.now()).toISOString().slice(0, 19).replace('T', ' ')
  return `If you reach out to GitHub Support for help, please include the request ID ${requestId} and timestamp ${time} UTC.`
}

function primaryMessage(refused: Refused): string {
  const authenticate =
    "(But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.) "
  const hint = refused.actor.kind === 'anonymous' ? authenticate : ''
  return `API rate limit exceeded for ${who(refused.actor)}. ${hint}${support(refused)}`
}

const tooFast = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
const tooMuchContent =
  'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.'

const restPage = '/rest/overview/rate-limits-for-the-rest-api'
const graphqlPage = '/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api#secondary-rate-limits'

/** The refusal in GitHub's words, with how long to wait unless the options keep that back. */
export function limitRefusal(refused: Refused, wait: Wait, options: LimitOptions): Refusal {
  const { world, graphql } = refused
  if (isPrimary(wait)) {
    return new Refusal(403, primaryMessage(refused), { body: { documentation_url: world.urls.docs + restPage } })
  }
  const seconds = Math.max(1, Math.ceil((wait.until - world.now()) / 1000))
  const message = wait.kind.startsWith('content') ? tooMuchContent : tooFast
  const page = graphql ? graphqlPage : `${restPage}#about-secondary-rate-limits`
  const status = wait.kind === 'imposed' ? 429 : graphql ? 403 : options.secondaryStatus
  return new Refusal(status, `${message} ${support(refused)}`, {
    body: { documentation_url: world.urls.docs + page },
    headers: options.retryAfterHeader ? { 'Retry-After': String(seconds) } : {},
  })
}
