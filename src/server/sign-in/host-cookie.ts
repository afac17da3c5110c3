import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

/** A cookie that no script reads and no other site sends along with what changes something. */
export interface HostCookie {
  read(context: Context): string | null
  write(context: Context, value: string): void
  clear(context: Context): void
}

/** Where we are reached by https, browsers take the cookie from this very host only, and send it by https only. */
export function hostCookie(name: string, url: string, maxAge?: number): HostCookie {
  const secure = url.startsWith('https:')
  const full = secure ? `__Host-${name}` : name
  const options = { path: '/', httpOnly: true, sameSite: 'Lax', secure } as const
  return {
    read: (context) => getCookie(context, full) ?? null,
    write: (context, value) => setCookie(context, full, value, { ...options, ...(maxAge && { maxAge }) }),
    clear: (context) => void deleteCookie(context, full, options),
  }
}
