import type { HookProof, OrganizationHook } from '../../../resources/connection/organization-hooks.ts'
import type { Finding } from './finding.ts'

/** How long a ping may take to come and to stand in GitHub's log, and how soon another look is worth it, in milliseconds. */
const patience = 60_000
const nextLook = 5_000
/** How long we wait before we ping again a webhook whose pings do not come, in milliseconds. */
const nextPing = 600_000

/**
 * Whether GitHub signs with our secret. It never shows a secret, so only what came tells: `proved` by a ping of ours,
 * `absent`: there is no secret; `refused`: what it sends now fails our check; `changed`: proved for an earlier
 * configuration, not yet for today's; `waiting` for a ping; `silent`: the ping did not come.
 */
export type SecretStanding = 'proved' | 'absent' | 'refused' | 'changed' | 'waiting' | 'silent'

export function secretStanding(hook: OrganizationHook, proof: HookProof | null, now: number): SecretStanding {
  if (!hook.hasSecret) return 'absent'
  if (isRefusedSince(hook, proof)) return 'refused'
  if (proof?.isProved) return 'proved'
  if (isRefused(hook, proof)) return 'refused'
  if (proof?.wasProved) return 'changed'
  return now - lastMove(proof) < patience ? 'waiting' : 'silent'
}

/**
 * GitHub tells whole seconds: a webhook that was proved and then changed within one bears no trace of the change. What it
 * sends afterwards does.
 */
const isRefusedSince = ({ updatedAt }: OrganizationHook, proof: HookProof | null): boolean =>
  proof?.lastSent?.statusCode === 401 && Date.parse(proof.lastSent.at) >= Date.parse(updatedAt) + 1_000

/** What came to grief before the webhook was changed says nothing of how it is now. */
const isRefused = ({ updatedAt }: OrganizationHook, proof: HookProof | null): boolean =>
  proof?.lastSent?.statusCode === 401 && Date.parse(proof.lastSent.at) >= Date.parse(updatedAt)

const lastMove = (proof: HookProof | null): number => Math.max(proof?.askedAt ?? 0, proof?.pingAt ?? 0)

/** Asked so short a time ago that asking again would only make noise. */
export function isFresh(proof: HookProof | null, now: number): boolean {
  const wait = proof?.lastSent && proof.lastSent.status !== 'OK' ? nextPing : patience
  return !proof?.wasProved && now - (proof?.askedAt ?? 0) < wait
}

export function judgeSecret(hook: OrganizationHook, proof: HookProof | null, now: number): Finding {
  const about = 'Webhook secret'
  const wanted = 'ours, proved by a ping'
  const sent = proof?.lastSent
  switch (secretStanding(hook, proof, now)) {
    case 'proved':
      return { about, found: wanted, state: 'ok' }
    case 'absent':
      return { about, found: 'none is set', wanted, state: 'alarm' }
    case 'refused':
      return {
        about,
        found: `not ours: what GitHub sent at ${sent?.at} failed the check of its signature`,
        wanted,
        state: 'alarm',
      }
    case 'changed':
      return {
        about,
        found: `not known: the webhook was changed at ${hook.updatedAt} and nothing has come since`,
        wanted,
        state: 'tbd',
      }
    case 'waiting':
      return {
        about,
        found: 'not proved yet: waiting for GitHub’s ping',
        wanted,
        state: 'tbd',
        recheckAt: now + nextLook,
      }
    case 'silent':
      return {
        about,
        found: sent ? `not proved: GitHub’s log of ${sent.at} says “${sent.status}”` : 'not proved: no ping has come',
        wanted,
        state: 'alarm',
        recheckAt: now + nextPing,
      }
  }
}
