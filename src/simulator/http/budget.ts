import type { World } from '../world.ts'
import { type Actor, actorName } from './actor.ts'
import type { Budget, RateLimit } from './rate-limit.ts'
import { Refusal } from './refusal.ts'

const anonymous = 60

/**
 * Requests an hour. An installation gets 50 more for every repository and user above 20, to 12,500
 * (https://docs.github.com/apps/creating-github-apps/registering-a-github-app/rate-limits-for-github-apps).
 */
function limitOf(actor: Actor, base: number): number {
  if (actor.kind === 'anonymous') return Math.min(anonymous, base)
  if (actor.kind !== 'installation') return base
  const { repositories, members } = actor.installation.organization
  const more = Math.max(0, repositories.size - 20) + Math.max(0, members.size - 20)
  return Math.max(base, Math.min(12_500, base + 50 * more))
}

export interface Meter {
  look(actor: Actor, resource: string): Budget
  take(actor: Actor, resource: string, amount: number): Budget
}

export const createMeter = (limits: RateLimit, base: number): Meter => ({
  look: (actor, resource) => limits.look(actorName(actor), resource, limitOf(actor, base)),
  take: (actor, resource, amount) => limits.take(actorName(actor), resource, limitOf(actor, base), amount).budget,
})

function who(actor: Actor): string {
  const [kind, id] = actorName(actor).split(' ')
  if (!id) return '127.0.0.1'
  return kind === 'app' ? `app ID ${id}` : `${kind} ID ${id}`
}

export const exceeded = (actor: Actor): string =>
  actor.kind === 'anonymous'
    ? `API rate limit exceeded for ${who(actor)}. (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)`
    : `API rate limit exceeded for ${who(actor)}.`

export const rateLimitExceeded = (world: World, actor: Actor): Refusal =>
  new Refusal(403, exceeded(actor), {
    body: { documentation_url: `${world.urls.docs}/rest/using-the-rest-api/rate-limits-for-the-rest-api` },
  })
