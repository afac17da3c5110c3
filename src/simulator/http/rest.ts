import { operations } from '../routes/index.ts'
import type { World } from '../world.ts'
import type { Actor } from './actor.ts'
import { authorize } from './authorize.ts'
import { type Route, route } from './match.ts'
import type { Answer, Operation } from './operation.ts'
import { acceptedPermissions, rules } from './permissions.ts'
import { enforcePolicies } from './policies.ts'
import { notFound, Refusal } from './refusal.ts'
import { byName, findTarget, linkBase } from './target.ts'

interface Entry {
  readonly operation: Operation
  readonly route: Route
}

export interface Matched {
  readonly operation: Operation
  readonly params: Readonly<Record<string, string>>
}

const table: readonly Entry[] = operations.map((operation) => ({ operation, route: route(operation.route) }))

/** The operation behind a method and path. */
export function matchOperation(world: World, method: string, path: string): Matched | undefined {
  const named = byName(world, path)
  for (const { operation, route } of table) {
    const params = route.match(method === 'HEAD' ? 'GET' : method, named)
    if (params) return { operation, params }
  }
  return undefined
}

function jsonBody(text: string): Record<string, unknown> {
  if (text === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refusal(400, 'Problems parsing JSON')
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new Refusal(400, 'Body should be a JSON object')
}

/** What every answer of an operation carries that permissions or scopes guard. */
export function guardHeaders({ operation }: Matched, actor: Actor): Record<string, string> {
  const rule = rules[operation.route]
  const permissions = rule ? acceptedPermissions(rule) : ''
  return {
    ...(permissions && { 'X-Accepted-GitHub-Permissions': permissions }),
    ...(actor.kind === 'classic' && { 'X-Accepted-OAuth-Scopes': (rule?.scopes ?? []).join(', ') }),
  }
}

/** Permits and does it; throws refusals. */
export async function answerRest(
  world: World,
  actor: Actor,
  matched: Matched | undefined,
  request: { method: string; path: string; url: string; text: string },
): Promise<Answer> {
  if (!matched) throw notFound()
  const { operation, params } = matched
  const rule = rules[operation.route]
  if (!rule) throw new Error(`No rule says who may call ${operation.route}.`)
  const found = findTarget(world, actor, { ...request, params })
  const { organization, repository } = found
  enforcePolicies(
    world,
    actor,
    organization ?? (actor.kind === 'installation' ? actor.installation.organization : undefined),
  )
  authorize(rule, actor, organization && { organization, repository })
  const body = jsonBody(request.text)
  const query = new URL(request.url).searchParams
  const url = linkBase(request.url, found)
  return operation.handle({ world, actor, params, query, body, url }, organization, repository)
}
