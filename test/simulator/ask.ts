import { createSign } from 'node:crypto'
import type { App } from '../../src/simulator/app.ts'

interface Asked {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: what an answer holds is for each test to say
  readonly body: any
  readonly headers: Headers
}

export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Asked>

/** A client that follows no redirect and hides no refusal. A body that is a string is sent as it is. */
export function asking(apiUrl: string, authorization?: string): Ask {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(authorization && { authorization }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers }
  }
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JWT of the App as GitHub wants it, but for the claims that are given. Times in seconds. */
export function jwtOf(app: App, claims: Record<string, unknown> = {}, header: object = { alg: 'RS256', typ: 'JWT' }) {
  const now = Math.floor(Date.now() / 1000)
  const text = `${encode(header)}.${encode({ iat: now - 30, exp: now + 300, iss: app.id, ...claims })}`
  return `${text}.${createSign('RSA-SHA256').update(text).sign(app.privateKey, 'base64url')}`
}
