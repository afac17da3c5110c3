import { buildSchema, type GraphQLError, graphql } from 'graphql'
import { z } from 'zod'
import { sdl } from '../generated/graphql-schema.ts'
import type { Actor } from '../http/actor.ts'
import { exceeded } from '../http/budget.ts'
import type { Answer } from '../http/operation.ts'
import type { Budget } from '../http/rate-limit.ts'
import { notFound, Refusal } from '../http/refusal.ts'
import type { World } from '../world.ts'
import { query } from './query.ts'

const schema = buildSchema(sdl)

const request = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
})

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

function parse(text: string): z.infer<typeof request> {
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

/** Faults of the query and missing things are answered with status 200 and `errors`, as GitHub does. */
export async function answerGraphql(
  world: World,
  actor: Actor,
  { method, text }: { method: string; text: string },
  budget: Budget | undefined,
): Promise<Answer> {
  if (method !== 'POST') throw notFound()
  if (actor.kind === 'anonymous') throw new Refusal(401, 'This endpoint requires you to be authenticated.')
  if (actor.kind === 'app') throw new Refusal(403, 'Resource not accessible by integration')
  if (budget?.remaining === 0) {
    return { status: 200, body: { errors: [{ type: 'RATE_LIMITED', message: exceeded(actor) }] } }
  }
  const { query: source, variables, operationName } = parse(text)
  const rootValue = query({ world, actor, budget })
  const { data, errors } = await graphql({
    schema,
    source,
    rootValue,
    variableValues: variables ?? {},
    operationName: operationName ?? null,
  })
  return {
    status: 200,
    body: { ...(data !== undefined && { data }), ...(errors && { errors: errors.map(errorObject) }) },
  }
}
