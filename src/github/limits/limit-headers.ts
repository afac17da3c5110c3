type Headers = Readonly<Record<string, string | undefined>>

/** An hour's limit as an answer's `x-ratelimit-*` headers tell it. */
export interface PrimarySaid {
  readonly resource: string
  readonly limit: number
  readonly remaining: number
  /** In milliseconds since 1970, by GitHub's clock. */
  readonly resetAt: number
}

export function primaryIn(headers: Headers): PrimarySaid | null {
  const [limit, remaining] = [whole(headers['x-ratelimit-limit']), whole(headers['x-ratelimit-remaining'])]
  const resetAt = resetIn(headers)
  if (limit === null || remaining === null || resetAt === null) return null
  return { resource: headers['x-ratelimit-resource'] ?? 'core', limit, remaining, resetAt }
}

/** `x-ratelimit-reset` is in seconds since 1970; here in milliseconds. */
export function resetIn(headers: Headers): number | null {
  const seconds = whole(headers['x-ratelimit-reset'])
  return seconds === null ? null : seconds * 1000
}

/** How long to wait, in milliseconds. */
export function retryAfterIn(headers: Headers): number | null {
  const seconds = whole(headers['retry-after'])
  return seconds === null ? null : seconds * 1000
}

const whole = (text: string | undefined) => (/^\d{1,10}$/.test(text ?? '') ? Number(text) : null)
