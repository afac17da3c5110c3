type Headers = Readonly<Record<string, string | undefined>>

/** The scopes of a classic token, as an answer tells them; null: it is a fine-grained one, which has none. */
export function scopesIn({ 'x-oauth-scopes': scopes }: Headers): readonly string[] | null {
  if (scopes === undefined) return null
  return scopes
    .split(',')
    .map((scope) => scope.trim())
    .filter(Boolean)
    .toSorted()
}

/** When the token ends, in milliseconds; null: never. GitHub writes `2026-12-31 23:59:59 UTC`, or with an offset. */
export function expiryIn({ 'github-authentication-token-expiration': said }: Headers): number | null {
  const time = said ? Date.parse(said.replace(' UTC', 'Z').replace(/^(\S+) (\S+)$/, '$1T$2')) : Number.NaN
  return Number.isNaN(time) ? null : time
}
