import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, told } from './client.ts'
import type * as t from './types.ts'

/** What a query's key begins with: what the server's messages name, so that a change finds the queries it concerns. */
export type Kind =
  | 'control'
  | 'resource'
  | 'activity'
  | 'delivery'
  | 'policy-setting'
  | 'connection'
  | 'enforcement'
  | 'people'
  | 'session'
  | 'fixed'

const one = <Answer>(key: [Kind, ...(string | number)[]], asked: () => Promise<Answer>) =>
  queryOptions({ queryKey: key, queryFn: asked })

/** What is asked of every list. */
interface PageQuery {
  limit: number
  cursor?: string
}

/** How many rows a page has; the last one may have fewer. */
export const pageSize = 100

/** A list that is asked for page by page. */
export interface ListQuery<Item> {
  readonly key: readonly [Kind, ...(string | number)[]]
  /** The page that begins at a cursor; null: the first. */
  page(cursor: string | null): Promise<t.Page<Item>>
}

const list = <Item>(
  key: ListQuery<Item>['key'],
  asked: (page: PageQuery) => Promise<t.Page<Item>>,
): ListQuery<Item> => ({
  key,
  page: (cursor) => filled(asked, cursor),
})

/** A page of the past may be short, or empty, and more follow: it is asked on until it is full. */
async function filled<Item>(asked: (page: PageQuery) => Promise<t.Page<Item>>, from: string | null) {
  const ask = (cursor: string | null, limit: number) => asked({ limit, ...(cursor !== null && { cursor }) })
  let page = await ask(from, pageSize)
  while (page.next !== null && page.items.length < pageSize) {
    const more = await ask(page.next, pageSize - page.items.length)
    page = { ...page, items: [...page.items, ...more.items], next: more.next }
  }
  return page
}

/** All pages that were looked at, as one. */
export const pagesOf = <Item>({ key, page }: ListQuery<Item>) =>
  infiniteQueryOptions({
    queryKey: [...key, 'pages'],
    queryFn: ({ pageParam }) => page(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })

/** One page by itself, counted from 0; `cursor` is looked up when it is asked for. */
export const pageOf = <Item>({ key, page }: ListQuery<Item>, number: number, cursor: () => string | null) =>
  queryOptions({ queryKey: [...key, 'page', number], queryFn: () => page(cursor()) })

/** An id as an address names it. */
export const at = (id: number | string) => ({ param: { id: String(id) } })

const items = async <Item>(asked: Promise<{ items: Item[] }>): Promise<Item[]> => (await asked).items
const filtered = (filter: string, page: PageQuery) => ({ query: { ...page, ...(filter !== '' && { filter }) } })

export const controlTypes = () => one(['control', 'types'], () => items(told(api['control-types'].$get())))
export const controls = (filter: string) =>
  list<t.ControlRow>(['control', 'list', filter], (page) => told(api.controls.$get(filtered(filter, page))))
export const control = (id: number) => one(['control', id], () => told(api.controls[':id'].$get(at(id))))
export const controlRuns = (id: number) =>
  list<t.Run>(['control', id, 'runs'], (query) => told(api.controls[':id'].runs.$get({ ...at(id), query })))

export const policyTypes = () => one(['policy-setting', 'types'], () => items(told(api['policy-types'].$get())))
export const policySettings = (filter: string) =>
  list<t.PolicySetting>(['policy-setting', 'list', filter], (page) =>
    told(api['policy-settings'].$get(filtered(filter, page))),
  )
export const policyValues = (resource: number) =>
  one(['policy-setting', 'values', resource], () =>
    items(told(api['policy-values'].$get({ query: { resource: String(resource) } }))),
  )

export const policyPacks = () => one(['policy-setting', 'packs'], () => items(told(api['policy-packs'].$get())))
export const policyAttachments = (filter: string) =>
  list<t.PolicyAttachment>(['policy-setting', 'attachments', filter], (page) =>
    told(api['policy-attachments'].$get(filtered(filter, page))),
  )
export const policyExceptions = () =>
  list<t.PolicyException & { id: string }>(['policy-setting', 'exceptions'], async (query) => {
    const page = await told(api.exceptions.$get({ query }))
    return {
      ...page,
      items: page.items.map((each) => ({ ...each, id: `${each.settingId} ${each.attachmentId} ${each.path}` })),
    }
  })
/** What would follow is asked for by what is to be made: nothing is. */
export const policyPlan = (json: t.PolicyPlanRequest) =>
  one(['policy-setting', 'plan', JSON.stringify(json)], () => told(api['policy-plans'].$post({ json })))
export const expressionCheck = (path: string, expression: string) =>
  one(['fixed', 'expression', path, expression], () =>
    told(api['expression-checks'].$post({ json: { path, expression } })),
  )
export const folders = () => one(['policy-setting', 'folders'], () => items(told(api.folders.$get())))

export const resourceTypes = () => one(['resource', 'types'], () => items(told(api['resource-types'].$get())))
export const resources = (filter: string) =>
  list<t.ResourceRow>(
    ['resource', 'list', filter],
    (page) => told(api.resources.$get(filtered(filter, page))) as Promise<t.Page<t.ResourceRow>>,
  )
const resourceAt = (id: number, query: { 'as-of'?: string }) => told(api.resources[':id'].$get({ ...at(id), query }))
export const resource = (id: number) => one(['resource', id], () => resourceAt(id, {}) as Promise<t.ResourceDetail>)
/** What is past stays as it was: it is asked for once. */
export const resourceAsOf = (id: number, moment: string) => ({
  ...one(['fixed', 'resource', id, moment], () => resourceAt(id, { 'as-of': moment }) as Promise<t.PastDetail>),
  staleTime: Number.POSITIVE_INFINITY,
})
/** `to` null: now. */
const interval = (from: string, to: string | null) => ({ from, ...(to !== null && { to }) })
export const resourceDifference = (id: number, from: string, to: string | null) =>
  one(['resource', id, 'difference', from, to ?? ''], () =>
    told(api.resources[':id'].difference.$get({ ...at(id), query: interval(from, to) })),
  )
export const resourceChanges = (id: number, from: string, to: string | null) =>
  list<t.Became>(['resource', id, 'changes', from, to ?? ''], (page) =>
    told(api.resources[':id'].changes.$get({ ...at(id), query: { ...page, ...interval(from, to) } })),
  )
export const resourceVersions = (id: number) =>
  list<t.Version>(['resource', id, 'versions'], (query) =>
    told(api.resources[':id'].versions.$get({ ...at(id), query })),
  )

export const activities = (filter: string) =>
  list<t.Activity>(['activity', 'list', filter], (page) => told(api.activities.$get(filtered(filter, page))))
export const deliveries = (filter: string) =>
  list<t.DeliveryRow>(['delivery', 'list', filter], (page) => told(api.deliveries.$get(filtered(filter, page))))
export const delivery = (id: number) => one(['delivery', id], () => told(api.deliveries[':id'].$get(at(id))))

/** Of a removed one nothing is left to show. */
export const connections = () =>
  one(['connection', 'list'], async () => {
    const all = await items(told(api.connections.$get()))
    return all.filter(({ status }) => status !== 'removed')
  })
export const connection = (id: number) => one(['connection', id], () => told(api.connections[':id'].$get(at(id))))
export const examination = (id: number) =>
  one(['connection', id, 'examination'], () => told(api.connections[':id'].examination.$get(at(id))))
export const removal = (id: number) =>
  one(['connection', id, 'removal'], () => told(api.connections[':id'].removal.$get(at(id))))

export const enforcement = () => one(['enforcement'], () => items(told(api.enforcement.$get())))
export const enforcementPlan = (id: number) =>
  one(['enforcement', id, 'plan'], () => told(api.connections[':id'].enforcement.plan.$get(at(id))))
export const enforcementsWaiting = (id: number) =>
  list<t.HeldEnforcement & { id: number }>(['enforcement', id, 'waiting'], async (query) => {
    const page = await told(api.connections[':id'].enforcement.waiting.$get({ ...at(id), query }))
    return { ...page, items: page.items.map((held) => ({ ...held, id: held.controlId })) }
  })
export const enforcementStops = (id: number) =>
  one(['enforcement', id, 'stops'], () => items(told(api.connections[':id'].enforcement.stop.$get(at(id)))))

export const people = () => list<t.PersonWithGrants>(['people'], (query) => told(api.people.$get({ query })))
export const openSessions = () =>
  list<t.OpenSession>(['people', 'sessions'], (query) => told(api.sessions.$get({ query })))
export const session = () => one(['session'], () => told(api.session.$get()))
export const waysToSignIn = () => one(['fixed', 'sign-in'], () => told(api['sign-in'].$get()))
