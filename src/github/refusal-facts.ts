import { redact } from './redact.ts'

/** What an answer that is no success says of itself, free of credentials. */
export interface RefusalFacts {
  /** Null when there was no answer, or none that could be read. */
  readonly status: number | null
  /** GitHub's own words on one line, or the network's. */
  readonly message: string
  /** The type of a GraphQL error, e.g. `FORBIDDEN`; null in REST. */
  readonly type: string | null
  readonly documentationUrl: string | null
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** GitHub's longest known messages (token policies, SAML) stay whole. */
const longest = 400

/** The facts of a REST answer: `message`, and what `errors` adds to it (422). */
export function restFacts(
  status: number,
  headers: RefusalFacts['headers'],
  data: unknown,
  secrets: readonly string[],
): RefusalFacts {
  const { message, errors, documentation_url: url } = isObject(data) ? data : {}
  const details = Array.isArray(errors) ? errors.map(detail).filter((text) => text !== '') : []
  const words = [typeof message === 'string' ? message : '', details.join('; ')]
    .filter((part) => part !== '')
    .join(': ')
  return {
    status,
    message: oneLine(words, secrets),
    type: null,
    documentationUrl: typeof url === 'string' && url.startsWith('https://') ? oneLine(url, secrets) : null,
    headers,
  }
}

/** The facts of a GraphQL error in an answer of HTTP 200. */
export function graphFacts(
  headers: RefusalFacts['headers'],
  error: { type: string | null; message: string },
  secrets: readonly string[],
): RefusalFacts {
  return { status: 200, message: oneLine(error.message, secrets), type: error.type, documentationUrl: null, headers }
}

/** The facts of a call that was not answered, or not readably. */
export function unansweredFacts(message: string, secrets: readonly string[]): RefusalFacts {
  return { status: null, message: oneLine(message, secrets), type: null, documentationUrl: null, headers: {} }
}

/** The facts of a call that never left: `type` says which of the two reasons. */
export function unsentFacts(type: typeof notSent | typeof keyUnusable, message: string): RefusalFacts {
  return { ...unansweredFacts(message, []), type }
}

/** In the place of GitHub's error type: the request was not one we make. */
export const notSent = 'NOT_SENT'
/** In the place of GitHub's error type: the App's key signs nothing. */
export const keyUnusable = 'KEY_UNUSABLE'

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A validation error without its `value`, which may be what must stay secret. */
function detail(error: unknown): string {
  if (typeof error === 'string') return error
  if (!isObject(error)) return ''
  if (typeof error.message === 'string') return error.message
  return [error.resource, error.field, error.code].filter((part) => typeof part === 'string').join(' ')
}

function oneLine(text: string, secrets: readonly string[]): string {
  const line = redact(text, secrets).replace(/\s+/g, ' ').trim()
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}
