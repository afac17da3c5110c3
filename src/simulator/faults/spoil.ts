import type { Answer } from '../http/operation.ts'
import type { ApiFault } from './api-fault.ts'

const words: Readonly<Record<500 | 502 | 503 | 504, string>> = {
  500: 'Server Error',
  502: 'Server Error',
  503: 'No server is currently available to service your request. Sorry about that. Please try resubmitting your request and contact us if the problem persists.',
  504: "We couldn't respond to your request in time. Sorry about that. Please try resubmitting your request and contact us if the problem persists.",
}

const unicorn =
  '<!DOCTYPE html>\n<html>\n  <head>\n    <title>Unicorn! &middot; GitHub</title>\n  </head>\n  <body>\n    <p><strong>We had issues producing the response to your request.</strong></p>\n  </body>\n</html>\n'

const wentWrong = (requestId: string): string =>
  `Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include \`${requestId}\` when reporting this issue.`

type Path = readonly (string | number)[]

/** Every element of a list `nodes` in the data, with the list it is in. */
function* nodesIn(value: unknown, path: Path = []): Generator<{ list: unknown[]; index: number; path: Path }> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, key]
    if (key === 'nodes' && Array.isArray(inner)) {
      for (const index of inner.keys()) yield { list: inner, index, path: [...at, index] }
    }
    if (Array.isArray(inner)) {
      for (const [index, each] of inner.entries()) yield* nodesIn(each, [...at, index])
    } else {
      yield* nodesIn(inner, at)
    }
  }
}

function withHoles(answer: Answer, share: number, requestId: string, random: () => number): Answer {
  const { data, errors = [] } = structuredClone(answer.body) as { data?: unknown; errors?: unknown[] }
  const all = [...nodesIn(data)]
  const chosen = all.filter(() => random() < share)
  const first = all[Math.floor(random() * all.length)]
  const holes = chosen.length > 0 ? chosen : first ? [first] : []
  for (const { list, index } of holes) list[index] = null
  const more = holes.map(({ path }) => ({ message: wentWrong(requestId), path }))
  return { ...answer, body: { data, errors: [...errors, ...more] } }
}

const refusals = {
  403: { type: 'FORBIDDEN', message: 'Resource not accessible by integration' },
  404: { type: 'NOT_FOUND', message: 'Not Found' },
  422: { type: 'UNPROCESSABLE', message: 'Validation Failed' },
} as const

/** GraphQL refuses with status 200, and a type in place of it. */
function refused({ status, message, errors }: Extract<ApiFault, { kind: 'refused' }>, graphql: boolean): Answer {
  const { type, message: usual } = refusals[status]
  const said = message ?? usual
  if (graphql) return { status: 200, body: { data: null, errors: [{ type, message: said }] } }
  return { status, body: { message: said, ...(errors && { errors }) } }
}

/** The answer as the fault leaves it. `answer` is what GitHub would have said; nothing when it did nothing. */
export function spoil(
  fault: ApiFault,
  answer: Answer | undefined,
  { graphql, requestId, random }: { graphql: boolean; requestId: string; random: () => number },
): Answer {
  const noData = { data: null, errors: [{ message: wentWrong(requestId) }] }
  switch (fault.kind) {
    case 'status':
      return { status: fault.status, body: graphql && fault.status !== 503 ? noData : { message: words[fault.status] } }
    case 'refused':
      return refused(fault, graphql)
    case 'html':
      return { status: fault.status ?? 502, html: unicorn }
    case 'empty':
      return { status: answer?.status ?? 200 }
    case 'noData':
      return { status: 200, body: noData }
    case 'partial':
      return answer && graphql ? withHoles(answer, fault.share ?? 0.5, requestId, random) : (answer ?? { status: 200 })
    default:
      return answer ?? { status: 200 }
  }
}
