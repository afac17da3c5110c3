import { type ClientResponse, hc } from 'hono/client'
import type { Api } from '../../server/api/api.ts'
import { failureOf, unreached } from './failure.ts'

let csrfToken = ''

/** What everything that changes something must carry; the session tells it. */
export const keepCsrfToken = (token: string): void => {
  csrfToken = token
}

/** Throws a `Failure` where the answer is a refusal, or does not come. */
async function send(address: RequestInfo | URL, request: RequestInit = {}): Promise<Response> {
  const headers = new Headers(request.headers)
  if (request.method !== 'GET') headers.set('x-csrf-token', csrfToken)
  const response = await fetch(address, { ...request, headers }).catch(() => null)
  if (response === null) throw unreached()
  if (!response.ok) throw await failureOf(response)
  return response
}

const base = '/api/v1'

export const api = hc<Api>(base, { fetch: send })

type Told<Answer> =
  Answer extends ClientResponse<infer Body, infer Status, 'json'>
    ? Status extends 200 | 201 | 202
      ? Body
      : never
    : never

/** What was answered: what is refused was thrown before. */
export const told = async <Answer extends ClientResponse<unknown, number, string>>(
  asked: Promise<Answer>,
): Promise<Told<Answer>> => (await asked).json() as Promise<Told<Answer>>
