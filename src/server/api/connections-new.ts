import { createRoute, type z } from '@hono/zod-openapi'
import { checkInstallation } from '../../engine/check-installation.ts'
import { checkToken } from '../../engine/check-token.ts'
import { keepConnection, WrongConnection } from '../../engine/connect.ts'
import { type Checked, isRefused } from '../../engine/connection-finding.ts'
import type { Means } from '../../engine/means.ts'
import { organizationAt, WrongAddress } from '../../engine/organization-address.ts'
import { scopeOf } from '../../model/access.ts'
import type { Connection } from '../../model/connection.ts'
import { Refusal } from '../../model/github.ts'
import { permit } from './permit.ts'
import { Problem, problems, writeProblems } from './problem.ts'
import { type ApiMeans, routes, sent } from './routes.ts'
import { connected, newConnection } from './shapes/connection.ts'
import { tellConnection } from './tell-connection.ts'
import { tellRemedy } from './tell-removal.ts'
import type { Visitor } from './visitor.ts'

const content = { 'application/json': { schema: connected } }

const create = createRoute({
  method: 'post',
  path: '/connections',
  summary: 'Connects an organization after trying what reaches it; takes an Owner everywhere, or of what is replaced',
  request: { body: sent(newConnection) },
  responses: {
    200: { description: 'Tried, and nothing kept.', content },
    201: { description: 'Connected, perhaps with warnings.', content },
    ...writeProblems,
    503: { ...problems[404], description: 'GitHub does not answer now; the detail says when it may.' },
  },
})

export const connectionsNew = ({ means }: ApiMeans) =>
  routes().openapi(create, async (context) => {
    const { visitor } = context.var
    const { url, token = null, check } = context.req.valid('json')
    const login = addressed(url, means.addresses.github)
    await permitFor(
      means,
      visitor,
      await visible(means, visitor, (each) => each.login.toLowerCase() === login.toLowerCase()),
    )
    const checked = await tried(() =>
      token === null ? checkInstallation(means, login) : checkToken(means, login, token),
    )
    const { wanted } = checked
    if (!wanted || isRefused(checked)) throw refused(checked, token === null ? '/url' : '/token')
    // The name may be another's by now: what counts is whose organization it turned out to be.
    const { organizationId: id, kind } = wanted
    await permitFor(
      means,
      visitor,
      await visible(means, visitor, (each) => each.organizationId === id && each.kind === kind),
    )
    const kept = check ? null : await keepConnection(means, wanted, token).catch(unwanted)
    const answer: z.infer<typeof connected> = {
      connection: kept && (await tellConnection(means, kept.connection)),
      replaced: kept?.replaced ?? false,
      findings: checked.findings.map(({ remedy, ...rest }) => ({
        ...rest,
        remedy: remedy ? tellRemedy(remedy) : null,
      })),
    }
    return context.json(answer, check ? 200 : 201)
  })

function addressed(url: string, apiUrl: string): string {
  try {
    return organizationAt(url, apiUrl)
  } catch (error) {
    if (!(error instanceof WrongAddress)) throw error
    throw new Problem(422, error.message, [{ pointer: '/url', detail: error.message }])
  }
}

async function visible(
  { store }: Means,
  { holdings }: Visitor,
  isMeant: (connection: Connection) => boolean,
): Promise<Connection | null> {
  const all = await store.search.connections(scopeOf(holdings))
  return all.find((each) => isMeant(each) && each.status !== 'removed') ?? null
}

async function permitFor(means: Means, visitor: Visitor, known: Connection | null): Promise<void> {
  const root =
    known && (await means.store.resources.byNodeId(known.id, 'GitHub > Organization', known.organizationNodeId))
  await permit(means, visitor, 'Owner', root)
}

async function tried(check: () => Promise<Checked>): Promise<Checked> {
  try {
    return await check()
  } catch (error) {
    throw error instanceof Refusal ? new Problem(503, error.message) : error
  }
}

function refused({ findings }: Checked, pointer: string): Problem {
  const errors = findings
    .filter(({ level }) => level === 'refused')
    .map(({ found, remedy }) => ({
      pointer,
      detail: remedy ? `${found} What to do (${remedy.who}): ${remedy.action} ${remedy.url ?? ''}`.trimEnd() : found,
    }))
  return new Problem(422, errors.map(({ detail }) => detail).join(' '), errors)
}

function unwanted(error: unknown): never {
  throw error instanceof WrongConnection ? new Problem(409, error.message) : error
}
