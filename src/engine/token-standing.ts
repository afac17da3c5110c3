import type { Need } from '../model/permission.ts'
import type { Finding } from './connection-finding.ts'

const day = 86_400_000
/** A token that ends sooner is worth a word, in milliseconds. */
const soon = 14 * day

/** A token that ends soon is connected in vain. */
export function judgeExpiry(expiresAt: number | null, now: number): Finding {
  const about = 'Expiry'
  if (expiresAt === null) return { about, found: 'the token does not expire', level: 'ok' }
  const found = `the token ends at ${new Date(expiresAt).toISOString()}`
  if (expiresAt - now > soon) return { about, found, level: 'ok' }
  const remedy = { who: 'the owner of the token', action: 'Make a new one in time, and connect again with it.' }
  return { about, found, level: 'warning', remedy }
}

/** The scope that opens what a permission opens, and those that hold it. https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
const scopeOf: Readonly<Record<string, readonly string[]>> = {
  metadata: ['repo'],
  contents: ['repo'],
  issues: ['repo'],
  statuses: ['repo'],
  organization_administration: ['admin:org'],
  organization_hooks: ['admin:org_hook'],
}

/** Needed against held; of one that is missing, what it is needed for. */
export function judgeScopes(held: readonly string[], needs: readonly Need[]): Finding[] {
  const wanted = new Map<string, Set<string>>()
  for (const { permission, why } of needs)
    for (const scope of scopeOf[permission] ?? []) wanted.set(scope, (wanted.get(scope) ?? new Set()).add(why))
  return [...wanted].toSorted().map(([scope, why]): Finding => {
    const about = `Scope \`${scope}\``
    if (held.includes(scope)) return { about, found: 'held', level: 'ok' }
    const found = `missing; it is needed ${[...why].join(', ')}`
    const remedy = {
      who: 'the owner of the token',
      action: `Give the token the scope \`${scope}\`, or connect with one that has it.`,
    }
    return { about, found, level: 'warning', remedy }
  })
}
