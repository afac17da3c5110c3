import { failureOf, unreached } from './failure.ts'

type Query = Readonly<Record<string, string | number | undefined>>

import { csrfTokenNow } from './client.ts'

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  const request: RequestInit = { method, headers: headersOf(method, body) }
  if (body !== undefined) request.body = JSON.stringify(body)
  const response = await fetch(`/api/v1${path}`, request).catch(() => null)
  if (response === null) throw unreached()
  if (!response.ok) throw await failureOf(response)
  return response
}

function headersOf(method: string, body: unknown): Record<string, string> {
  return {
    accept: 'application/json',
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(method !== 'GET' && { 'x-csrf-token': csrfTokenNow() }),
  }
}

/** Asks for something. Throws a `Failure`. */
export async function ask<Answer>(path: string, query: Query = {}): Promise<Answer> {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  const asked = given.length > 0 ? `?${new URLSearchParams(given)}` : ''
  return (await send('GET', `${path}${asked}`)).json()
}

/** Has something done. Throws a `Failure`. */
export async function order<Answer = unknown>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<Answer> {
  const text = await (await send(method, path, body)).text()
  return JSON.parse(text === '' ? 'null' : text)
}
