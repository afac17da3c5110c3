import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ask } from './ask.ts'
import type * as t from './types.ts'

/** What a query's key begins with: what the server's messages name, so that a change finds the queries it concerns. */
export type Kind =
  | 'control'
  | 'resource'
  | 'activity'
  | 'delivery'
  | 'policy-setting'
  | 'connection'
  | 'people'
  | 'session'
  | 'fixed'

const one = <Answer>(kind: Kind, path: string, query: Record<string, string | number | undefined> = {}) =>
  queryOptions({ queryKey: [kind, path, query], queryFn: () => ask<Answer>(path, query) })

/** A list that is short, whole. */
const all = <Item>(kind: Kind, path: string, query: Record<string, string | number | undefined> = {}) =>
  queryOptions({
    queryKey: [kind, path, query],
    queryFn: async () => (await ask<{ items: Item[] }>(path, query)).items,
  })

/** A list, page by page, as far as it was looked at. */
const list = <Item>(kind: Kind, path: string, filter?: string) =>
  infiniteQueryOptions({
    queryKey: [kind, path, 'pages', filter ?? ''],
    queryFn: ({ pageParam }) =>
      ask<t.Page<Item>>(path, { filter: filter || undefined, cursor: pageParam ?? undefined, limit: 100 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })

export type ListQuery<Item> = ReturnType<typeof list<Item>>

export const controlTypes = () => all<t.ControlType>('control', '/control-types')
export const controls = (filter: string) => list<t.ControlRow>('control', '/controls', filter)
export const control = (id: number) => one<t.ControlDetail>('control', `/controls/${id}`)
export const controlRuns = (id: number) => list<t.Run>('control', `/controls/${id}/runs`)

export const policyTypes = () => all<t.PolicyType>('policy-setting', '/policy-types')
export const policySettings = (filter: string) => list<t.PolicySetting>('policy-setting', '/policy-settings', filter)
export const policyValues = (resource: number, path?: string) =>
  all<t.PolicyValue>('policy-setting', '/policy-values', { resource, path })

export const resourceTypes = () => all<t.ResourceType>('resource', '/resource-types')
export const resources = (filter: string) => list<t.ResourceRow>('resource', '/resources', filter)
export const resource = (id: number) => one<t.ResourceDetail>('resource', `/resources/${id}`)
export const resourceVersions = (id: number) => list<t.Version>('resource', `/resources/${id}/versions`)

export const activities = (filter: string) => list<t.Activity>('activity', '/activities', filter)
export const deliveries = (filter: string) => list<t.DeliveryRow>('delivery', '/deliveries', filter)
export const delivery = (id: number) => one<t.DeliveryDetail>('delivery', `/deliveries/${id}`)

export const connections = () => all<t.Connection>('connection', '/connections')
export const connection = (id: number) => one<t.ConnectionDetail>('connection', `/connections/${id}`)
export const removalPreview = (id: number) => one<t.RemovalPreview>('connection', `/connections/${id}/removal`)

export const people = () => all<t.PersonWithGrants>('people', '/people')
export const openSessions = () => all<t.OpenSession>('people', '/sessions')
export const session = () => one<t.Session>('session', '/session')
export const waysToSignIn = () => one<t.WaysToSignIn>('fixed', '/sign-in')
