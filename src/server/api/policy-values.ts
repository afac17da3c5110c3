import { createRoute, z } from '@hono/zod-openapi'
import { type ExplainedValue, policyValues as explained } from '../../engine/policy-values.ts'
import { policyType } from '../../engine/set-policy.ts'
import { type Scope, scopeOf } from '../../model/access.ts'
import type { PolicySetting } from '../../model/policy.ts'
import type { ResourceName, SearchStore } from '../../model/search.ts'
import { notFound, Problem, problems } from './problem.ts'
import { type ApiMeans, found, routes } from './routes.ts'
import { policyValue } from './shapes/policy.ts'
import { listed } from './tell-control.ts'

const list = createRoute({
  method: 'get',
  path: '/policy-values',
  summary: 'The answers in force for a resource, and why; of one policy, or of all that concern its type',
  request: {
    query: z.object({
      resource: z
        .string()
        .regex(/^[1-9]\d{0,14}$/, 'takes the id of a resource')
        .transform(Number),
      path: z.string().max(200).optional(),
    }),
  },
  responses: { ...found(z.object({ items: z.array(policyValue) }), 'The values.'), ...problems },
})

export const policyValues = ({ means }: ApiMeans) =>
  routes().openapi(list, async (context) => {
    const { resource: id, path } = context.req.valid('query')
    const scope = scopeOf(context.var.visitor.holdings)
    const resource = await means.store.search.resource(scope, id)
    if (!resource) throw notFound('such resource')
    if (path !== undefined) known(path)
    const values = await explained(means, resource, path)
    const names = await namesIn(means.store.search, scope, values)
    const items = values.map((value) => tellValue(value, names, means.clock()))
    return context.json({ items }, 200)
  })

function known(path: string): void {
  try {
    policyType(path)
  } catch (error) {
    throw error instanceof Error ? new Problem(400, error.message) : error
  }
}

const namesIn = (search: SearchStore, scope: Scope, values: readonly ExplainedValue[]): Promise<ResourceName[]> =>
  search.names(
    scope,
    values.flatMap(({ settings }) => settings.map(({ resourceId }) => resourceId)),
  )

/** The value in force is told wherever it comes from; what is set out of sight and does not win is not. */
function tellValue(value: ExplainedValue, names: readonly ResourceName[], now: number): z.infer<typeof policyValue> {
  const { path, setting, settings, byDefault } = value
  const nameOf = ({ resourceId }: PolicySetting) => names.find(({ id }) => id === resourceId)
  const shown = settings.filter((each) => each.id === setting?.id || nameOf(each))
  return {
    path,
    value: listed(value.value),
    settingId: setting && nameOf(setting) ? setting.id : null,
    chain: [
      {
        from: 'Default',
        value: listed(byDefault),
        precedence: null,
        settingId: null,
        wins: setting === null,
        why: setting === null ? 'Nobody has set it.' : 'A setting takes its place.',
      },
      ...shown.map((each) => ({
        from: nameOf(each)?.title ?? 'A place above',
        value: listed(each.value),
        precedence: each.precedence,
        settingId: nameOf(each) ? each.id : null,
        wins: each.id === setting?.id,
        why: whyOf(each, setting, now),
      })),
    ],
  }
}

function whyOf(each: PolicySetting, winner: PolicySetting | null, now: number): string {
  if (each.id === winner?.id) return `It is the most specific ${wordOf(each)} setting.`
  if (each.startsAt !== null && each.startsAt > now) return 'It has not begun.'
  if (each.expiresAt !== null && each.expiresAt <= now) return 'It has expired.'
  if (winner && winner.precedence !== each.precedence) return 'A Required setting overrides it.'
  return `A more specific ${wordOf(each)} setting overrides it.`
}

const wordOf = ({ precedence }: PolicySetting): string => (precedence === 'required' ? 'Required' : 'Recommended')
