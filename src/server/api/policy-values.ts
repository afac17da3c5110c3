import { createRoute, z } from '@hono/zod-openapi'
import { type ExplainedValue, policyValues as explained, whyOf } from '../../engine/policy-values.ts'
import { policyType } from '../../engine/wrong-policy.ts'
import { scopeOf } from '../../model/access.ts'
import type { PolicyStatement } from '../../model/policy-pack.ts'
import { namedPlaces, type PlaceName } from './named-places.ts'
import { notFound, Problem, problems } from './problem.ts'
import { type ApiMeans, found, routes } from './routes.ts'
import { policyValue } from './shapes/policy.ts'
import { listed } from './tell-control.ts'
import { tellRule } from './tell-rule.ts'

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
    const places = values.flatMap(({ statements }) => statements.map(({ place }) => place))
    const names = await namedPlaces(means.store, scope, places)
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

/** The value in force is told wherever it comes from; what is said out of sight and does not win is not. */
function tellValue(value: ExplainedValue, nameOf: PlaceName, now: number): z.infer<typeof policyValue> {
  const { path, by, statements, byDefault, fault } = value
  const shown = statements.filter((each) => each === by || nameOf(each.place))
  return {
    path,
    value: listed(value.value),
    settingId: (by && nameOf(by.place) && by.setting?.id) ?? null,
    fault,
    chain: [
      {
        ...nobodys,
        from: 'Default',
        value: listed(byDefault),
        wins: by === null,
        why: by === null ? 'Nobody has set it.' : 'A setting takes its place.',
      },
      ...shown.map((each) => ({ ...tellStatement(each, nameOf), wins: each === by, why: whyOf(each, value, now) })),
    ],
  }
}

const nobodys = {
  ...{ resource: null, folder: null, expression: null, precedence: null, settingId: null, attachmentId: null },
  ...{
    pack: null,
    selector: null,
    note: null,
    startsAt: null,
    expiresAt: null,
    source: null,
    setBy: null,
    origin: null,
  },
}

/** Of a place out of sight no more than what it asks for. */
function tellStatement(statement: PolicyStatement, nameOf: PlaceName) {
  const { rule, setting, attachment, pack, selector } = statement
  const { path: _, ...said } = tellRule(rule)
  const { value, expression, precedence } = said
  const place = nameOf(statement.place)
  if (!place) return { ...nobodys, value, expression, precedence, from: 'A place above' }
  const author = setting ?? attachment
  return {
    ...said,
    ...place,
    from: place.resource?.title ?? place.folder?.title ?? '',
    settingId: setting?.id ?? null,
    attachmentId: attachment?.id ?? null,
    pack: pack?.name ?? null,
    selector,
    source: author?.source ?? null,
    setBy: author?.setBy ?? null,
    origin: author?.origin ?? null,
  }
}
