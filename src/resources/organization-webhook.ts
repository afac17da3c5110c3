import { z } from 'zod'
import type { ReadContext } from '../model/resource-type.ts'
import { defineResource, flag, json, number, text, time } from '../model/resource-type.ts'
import { moment } from './moment.ts'
import { restPages } from './rest-pages.ts'
import { wholeList } from './whole-list.ts'

export interface OrganizationWebhookData {
  databaseId: number
  name: string
  active: boolean
  events: readonly string[]
  url: string | null
  contentType: string | null
  verifiesSsl: boolean
  createdAt: string
  updatedAt: string
}

/** A webhook of the organization, whoever made it. What it is secured with is neither read nor kept. */
export const organizationWebhook = defineResource<OrganizationWebhookData>({
  type: 'GitHub > Organization Webhook',
  view: 'github_organization_webhook',
  parent: 'GitHub > Organization',
  needs: { organization_hooks: 'read' },
  optional: true,
  // That a webhook is made or changed is in no event.
  rhythm: 3_600_000,
  fields: {
    databaseId: number.readOnly('The numeric id.'),
    name: text.readOnly('`web`.'),
    active: flag.readOnly('Deliveries are sent.'),
    events: json.readOnly('The events it subscribes to, sorted.'),
    url: text.readOnly('Where it delivers to, without what stands before an `@` or behind a `?`.'),
    contentType: text.readOnly('`json` or `form`.'),
    verifiesSsl: flag.readOnly('GitHub checks the certificate of the receiver.'),
    createdAt: time.readOnly('When it was made.'),
    updatedAt: time.readOnly('When it was last changed.'),
  },
  title: ({ databaseId }) => (databaseId ? `organization webhook ${databaseId}` : 'an organization webhook'),
  fromEvent: {},

  ...wholeList<OrganizationWebhookData>(pages, 'GitHub no longer lists it'),
})

async function* pages({ connection, github }: ReadContext, from: string | null) {
  const ask = (page: { per_page: number; page: number }) =>
    github.get('GET /orgs/{org}/hooks', { org: connection.login, ...page })
  for await (const { items, next, total } of restPages<unknown>(from, ask))
    yield { seen: items.map((item) => fromApi(webhook.parse(item))), next, total }
}

const fromApi = ({ id, name, active, events, config, created_at, updated_at }: z.infer<typeof webhook>) => ({
  kind: 'seen' as const,
  nodeId: `organization-webhook:${id}`,
  revision: Date.parse(updated_at),
  data: {
    databaseId: id,
    name,
    active,
    events: events.toSorted(),
    url: config.url === undefined ? null : withoutSecrets(config.url),
    contentType: config.content_type ?? null,
    verifiesSsl: String(config.insecure_ssl ?? '0') === '0',
    createdAt: created_at,
    updatedAt: updated_at,
  },
})

/** People put tokens into addresses. */
function withoutSecrets(address: string): string {
  const url = URL.parse(address)
  return url ? `${url.origin}${url.pathname}` : 'not an address'
}

const webhook = z.object({
  id: z.number(),
  name: z.string(),
  active: z.boolean(),
  events: z.array(z.string()),
  config: z.object({
    url: z.string().optional(),
    content_type: z.string().optional(),
    insecure_ssl: z.union([z.string(), z.number()]).optional(),
  }),
  created_at: moment,
  updated_at: moment,
})
