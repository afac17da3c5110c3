import { createHash, randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { enterpriseVersion } from '../enterprise-version.ts'
import type { World } from '../world.ts'
import type { Actor } from './actor.ts'
import type { Incoming } from './incoming.ts'
import type { Answer } from './operation.ts'
import { Refusal } from './refusal.ts'

const hex = (length: number): string => randomBytes(length).toString('hex').slice(0, length).toUpperCase()

export const newRequestId = (): string => [hex(4), hex(5), hex(6), hex(6), hex(8)].join(':')

/** The refusal as GitHub writes it; anything else that was thrown is a fault of the simulator's own. */
export function refused(world: World, error: unknown, docs: string | undefined): Answer {
  if (!(error instanceof Refusal)) {
    return { status: 500, body: { message: error instanceof Error ? error.message : String(error), status: '500' } }
  }
  const documentation_url = `${world.urls.docs}/rest${docs ? `/${docs}` : ''}`
  const body = { message: error.message, documentation_url, ...error.body, status: String(error.status) }
  return { status: error.status, body, headers: error.headers }
}

function expiry(expiresAt: number | null): Record<string, string> {
  if (expiresAt === null) return {}
  const time = new Date(expiresAt).toISOString()
  return { 'github-authentication-token-expiration': `${time.slice(0, 10)} ${time.slice(11, 19)} UTC` }
}

/** What every answer says of the token it was asked with. */
export function tokenHeaders(actor: Actor | undefined): Record<string, string> {
  if (actor?.kind === 'classic') return { 'X-OAuth-Scopes': actor.scopes.join(', '), ...expiry(actor.expiresAt) }
  return actor?.kind === 'fine-grained' ? expiry(actor.expiresAt) : {}
}

export const commonHeaders = ({ flavour, now }: World, requestId: string): Record<string, string> => ({
  Date: new Date(now()).toUTCString(),
  'X-GitHub-Media-Type': 'github.v3; format=json',
  'X-GitHub-Request-Id': requestId,
  ...(flavour === 'ghes' && { 'X-GitHub-Enterprise-Version': enterpriseVersion }),
})

const etag = (text: string): string => `W/"${createHash('sha256').update(text).digest('hex')}"`

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '')

const knows = (asked: string | null, tag: string): boolean =>
  asked?.split(',').some((each) => opaque(each) === opaque(tag)) ?? false

const json = { 'Content-Type': 'application/json; charset=utf-8' }

/** A body that the caller has already is not sent again. */
export function toResponse(answer: Answer, common: Record<string, string>, incoming: Incoming): Response {
  const { status, body, html } = answer
  const headers = { ...common, ...answer.headers }
  if (html !== undefined) {
    return new Response(html, { status, headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' } })
  }
  if (body === undefined) return new Response(null, { status, headers })
  const text = JSON.stringify(body)
  if (incoming.method !== 'GET' || status !== 200) {
    return new Response(text, { status, headers: { ...headers, ...json } })
  }
  const tag = etag(text)
  if (knows(incoming.headers.get('if-none-match'), tag)) {
    return new Response(null, { status: 304, headers: { ...headers, ETag: tag } })
  }
  return new Response(text, { status, headers: { ...headers, ...json, ETag: tag } })
}

/** Sends the first half and ends the connection; without a response, ends it at once. */
export async function cutOff(outgoing: ServerResponse, response: Response | undefined): Promise<void> {
  const bytes = Buffer.from(response ? await response.arrayBuffer() : new ArrayBuffer(0))
  if (response && bytes.length > 1) {
    outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), 'content-length': bytes.length })
    const half = bytes.subarray(0, Math.floor(bytes.length / 2))
    await new Promise<void>((sent) => outgoing.write(half, () => sent()))
  }
  outgoing.destroy()
}
