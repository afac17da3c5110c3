import { execute as executeDocument, type GraphQLError } from 'graphql'
import { z } from 'zod'
import type { Actor } from '../http/actor.ts'
import type { Answer } from '../http/operation.ts'
import { notFound, Refusal } from '../http/refusal.ts'
import type { Visit } from '../limits/limits.ts'
import { isSaidAsGraphError } from '../limits/refusals.ts'
import { graphKind } from '../limits/request-kind.ts'
import type { Wait } from '../limits/waits.ts'
import type { World } from '../world.ts'
import type { Context } from './context.ts'
import { type Cost, costOf } from './cost.ts'
import { mutation } from './mutation.ts'
import { query } from './query.ts'
import { type Reading, readDocument, schema } from './read-document.ts'

const request = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
})

type GraphqlRequest = z.infer<typeof request>

/** Errors as GitHub writes them: `type` beside the message, and no `extensions` of our own. */
function errorObject({ message, path, locations, extensions }: GraphQLError) {
  const { type, ...rest } = extensions
  return {
    ...(typeof type === 'string' && { type }),
    ...(path && { path }),
    ...(Object.keys(rest).length > 0 && { extensions: rest }),
    ...(locations && { locations }),
    message,
  }
}

function parse(text: string): GraphqlRequest {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new Refusal(400, 'Problems parsing JSON')
  }
  const parsed = request.safeParse(body)
  if (!parsed.success) throw new Refusal(400, 'A query attribute must be specified and must be a string.')
  return parsed.data
}

/** The cost of what does not parse is that of the smallest query. */
function costOfRequest({ document }: Reading, { operationName, variables }: GraphqlRequest): Cost {
  return document ? costOf(document, operationName, variables ?? {}) : { points: 1, nodes: 0, mutation: false }
}

const said = (type: string, message: string): Answer => ({ status: 200, body: { errors: [{ type, message }] } })

const mostNodes = 500_000

async function execute(
  context: Context,
  { document, faults }: Reading,
  { variables, operationName }: GraphqlRequest,
): Promise<Answer> {
  if (!document || faults.length > 0)
    return { status: 200, body: { errors: faults.map(errorObject) }, headers: context.headers }
  const { data, errors } = await executeDocument({
    schema,
    document,
    rootValue: { ...query(context), ...mutation(context) },
    variableValues: variables ?? {},
    operationName: operationName ?? null,
  })
  const body = { ...(data !== undefined && { data }), ...(errors && { errors: errors.map(errorObject) }) }
  return { status: 200, body, headers: context.headers }
}

/** Faults of the query and missing things are answered with status 200 and `errors`, as GitHub does. */
export async function answerGraphql(
  world: World,
  actor: Actor,
  { method, text }: { method: string; text: string },
  { visit, refusedBy }: { visit: Visit; refusedBy: (wait: Wait) => Refusal },
): Promise<Answer> {
  if (method !== 'POST') throw notFound()
  if (actor.kind === 'anonymous') throw new Refusal(401, 'This endpoint requires you to be authenticated.')
  if (actor.kind === 'app') throw new Refusal(403, 'Resource not accessible by integration')
  const asked = parse(text)
  const reading = readDocument(asked.query)
  const cost = costOfRequest(reading, asked)
  const wait = visit.admit(graphKind(cost.mutation)) ?? visit.spend('graphql', cost.points)
  if (wait && isSaidAsGraphError(wait)) return said('RATE_LIMITED', refusedBy(wait).message)
  if (wait) throw refusedBy(wait)
  if (cost.nodes > mostNodes) {
    const message = `This query requests up to ${cost.nodes.toLocaleString('en')} possible nodes which exceeds the maximum limit of 500,000.`
    return said('MAX_NODE_LIMIT_EXCEEDED', message)
  }
  return execute({ world, actor, budget: visit.budget('graphql'), cost, headers: {} }, reading, asked)
}
