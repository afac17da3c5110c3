import { z } from 'zod'
import type { ReadContext } from '../model/resource-type.ts'
import { defineResource, json, number, text, time } from '../model/resource-type.ts'
import { moment } from './moment.ts'
import { restPages } from './rest-pages.ts'
import { wholeList } from './whole-list.ts'

export interface AppInstallationData {
  databaseId: number
  appId: number
  appSlug: string
  repositorySelection: string
  permissions: Readonly<Record<string, string>>
  events: readonly string[]
  suspendedAt: string | null
  createdAt: string
  updatedAt: string
}

/** A GitHub App on the organization, whoever owns it. */
export const appInstallation = defineResource<AppInstallationData>({
  type: 'GitHub > App Installation',
  view: 'github_app_installation',
  parent: 'GitHub > Organization',
  needs: { organization_administration: 'read' },
  optional: true,
  // An App hears of its own installations only.
  rhythm: 3_600_000,
  fields: {
    databaseId: number.readOnly('The numeric id.'),
    appId: number.readOnly('The numeric id of the App.'),
    appSlug: text.readOnly('The name of the App in addresses.'),
    repositorySelection: text.readOnly('`all` or `selected` repositories.'),
    permissions: json.readOnly('What it may do.'),
    events: json.readOnly('The events it is sent, sorted.'),
    suspendedAt: time.readOnly('Since when it is suspended; null when it is not.'),
    createdAt: time.readOnly('When it was installed.'),
    updatedAt: time.readOnly('When it was last changed.'),
  },
  title: ({ appSlug }) => (appSlug ? `App ${appSlug}` : 'an App'),
  fromEvent: {},

  ...wholeList<AppInstallationData>(pages, 'GitHub no longer lists it'),
})

async function* pages({ connection, github }: ReadContext, from: string | null) {
  const ask = async (page: { per_page: number; page: number }) => {
    const answer = await github.get('GET /orgs/{org}/installations', { org: connection.login, ...page })
    return { ...answer, data: answer.data.installations }
  }
  for await (const { items, next, total } of restPages<unknown>(from, ask))
    yield { seen: items.map((item) => fromApi(installation.parse(item))), next, total }
}

const fromApi = (said: z.infer<typeof installation>) => ({
  kind: 'seen' as const,
  nodeId: `app-installation:${said.id}`,
  revision: Date.parse(said.updated_at),
  data: {
    databaseId: said.id,
    appId: said.app_id,
    appSlug: said.app_slug,
    repositorySelection: said.repository_selection,
    permissions: said.permissions,
    events: said.events.toSorted(),
    suspendedAt: said.suspended_at ?? null,
    createdAt: said.created_at,
    updatedAt: said.updated_at,
  },
})

const installation = z.object({
  id: z.number(),
  app_id: z.number(),
  app_slug: z.string(),
  repository_selection: z.string(),
  permissions: z.record(z.string(), z.string()),
  events: z.array(z.string()),
  suspended_at: moment.nullish(),
  created_at: moment,
  updated_at: moment,
})
