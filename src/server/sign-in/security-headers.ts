import type { MiddlewareHandler } from 'hono'

/** `forms`: where else forms of ours go. */
export const contentPolicy = (...forms: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    ["form-action 'self'", ...forms].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const policy = contentPolicy()

const year = 365 * 24 * 60 * 60

/** What browsers are told on every page: nothing from elsewhere, nothing inline, in nobody's frame. `url`: where we are reached. */
export function securityHeaders(url: string): MiddlewareHandler {
  const headers = {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(url.startsWith('https:') && { 'strict-transport-security': `max-age=${year}` }),
  }
  return async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(headers)) context.header(name, value)
  }
}
