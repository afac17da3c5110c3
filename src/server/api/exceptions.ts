import { createRoute, type z } from '@hono/zod-openapi'
import { exceptionsIn, exceptionsOnFolders, type PolicyException } from '../../engine/exceptions.ts'
import type { Means } from '../../engine/means.ts'
import { type Scope, scopeOf } from '../../model/access.ts'
import { isInForce } from '../../model/policy.ts'
import { moment, numbered, numberOf, pageQuery } from './asked.ts'
import { namedPlaces } from './named-places.ts'
import { problems } from './problem.ts'
import { type ApiMeans, found, routes } from './routes.ts'
import { pageOf } from './shapes/page.ts'
import { policyException } from './shapes/policy.ts'
import { tellRule } from './tell-rule.ts'

const list = createRoute({
  method: 'get',
  path: '/exceptions',
  summary: 'What is Required below a Required, in force or to come; what expires first comes first',
  request: { query: pageQuery },
  responses: { ...found(pageOf(policyException), 'A page of exceptions.'), ...problems },
})

export const exceptions = ({ means }: ApiMeans) =>
  routes().openapi(list, async (context) => {
    const query = context.req.valid('query')
    const all = await inSight(means, scopeOf(context.var.visitor.holdings))
    const rows = all.map((row, index) => ({ ...row, number: index + 1 }))
    const from = numberOf(query) ?? 0
    const page = numbered(rows.slice(from, from + query.limit + 1), query.limit, ({ number }) => number)
    const items = page.items.map(({ number: _, ...item }) => item)
    return context.json({ items, next: page.next, ...(from === 0 && { total: all.length }) }, 200)
  })

/** Those at places that may be seen. */
async function inSight({ store, clock }: Means, scope: Scope): Promise<z.infer<typeof policyException>[]> {
  const now = clock()
  const ids =
    scope === 'everything'
      ? (await store.connections.list()).map(({ id }) => id)
      : [...new Set(scope.map(({ connectionId }) => connectionId))]
  const below = await Promise.all(ids.map((id) => exceptionsIn(store, { id }, now)))
  const all = [...(scope === 'everything' ? await exceptionsOnFolders(store, now) : []), ...below.flat()]
  const nameOf = await namedPlaces(
    store,
    scope,
    all.flatMap(({ statement, over }) => [statement.place, over.place]),
  )
  const end = ({ statement: { rule } }: PolicyException) => rule.expiresAt ?? Number.POSITIVE_INFINITY
  return all
    .toSorted((a, b) => end(a) - end(b) || a.statement.at - b.statement.at)
    .flatMap(({ statement, over }) => {
      const place = nameOf(statement.place)
      const { rule, selector, setting, attachment, pack } = statement
      const author = setting ?? attachment
      if (!place || !author) return []
      const above = nameOf(over.place)
      const { value, expression } = tellRule(over.rule)
      return [
        {
          ...tellRule(rule),
          ...place,
          selector,
          ...{ settingId: setting?.id ?? null, attachmentId: attachment?.id ?? null, pack: pack?.name ?? null },
          ...{ setBy: author.setBy, source: author.source, origin: author.origin, createdAt: moment(author.createdAt) },
          inForce: isInForce(rule, now),
          over: {
            from: above?.resource?.title ?? above?.folder?.title ?? 'A place above',
            ...{ value, expression, pack: above ? (over.pack?.name ?? null) : null },
          },
        },
      ]
    })
}
