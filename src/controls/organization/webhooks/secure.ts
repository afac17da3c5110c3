import { defineControl } from '../../../model/control-type.ts'
import type { Evidence } from '../../../model/verdict.ts'
import { alarm, ok } from '../../../model/verdict.ts'
import type { OrganizationHook } from '../../../resources/connection/organization-hooks.ts'
import type { ConnectionData } from '../../../resources/connection.ts'
import type { OrganizationData } from '../../../resources/organization.ts'
import { refused, unknown } from '../../unknown.ts'

const what = 'Webhooks of the organization'
const needs = { organization_hooks: 'read' } as const

export const organizationWebhooksSecure = defineControl<
  OrganizationData,
  { connection: ConnectionData },
  Record<never, never>
>({
  path: 'GitHub > Organization > Webhooks > Secure',
  title:
    'Every webhook of the organization has a secret, goes over HTTPS, and to a receiver whose certificate is checked.',
  risk: 'Somebody on the way reads what happens in the organization, or a receiver believes deliveries that GitHub never sent.',
  target: 'GitHub > Organization',
  related: { connection: 'GitHub > Connection' },
  reads: [],
  subPolicies: {},
  wanted: ['Secure'],
  default: 'Skip',
  needs: {
    check: needs,
    enforce: { organization_hooks: 'write' },
    why: 'so that the webhooks of the organization can be looked at',
  },
  advice:
    'An owner of the organization opens the webhook under Settings → Webhooks, gives it an `https` address and a secret, ' +
    'which its receiver has to know too, and enables SSL verification. `Enforce: Secure` does the last of it only: a ' +
    'receiver with a certificate of its own making then gets nothing until it has a real one.',
  marks: { CIS: '1.4.4', Legitify: 'organization_webhook_no_secret, organization_webhook_doesnt_require_ssl' },

  evaluate({ related: { connection } }) {
    const not = refused(connection)
    if (not) return not
    const { hooks } = connection?.data ?? {}
    if (!hooks) return unknown(connection, what, needs)
    const evidence = hooks.map(evidenceOf)
    const open = evidence.filter(({ state }) => state === 'alarm')
    if (open.length > 0)
      return alarm(`Not secure: ${open.map(({ about, found }) => `${about}: ${found}`).join('; ')}.`, { evidence })
    return ok(hooks.length === 0 ? 'There is no webhook.' : 'Every webhook is secure.', { evidence })
  },

  async enforce({ related, connection: { login: org }, github }) {
    if (related.connection?.refusal) return
    // The whole of a webhook’s config would have to name its secret, which GitHub does not show: a part of it keeps the rest.
    for (const { githubId: hook_id } of related.connection?.data.hooks?.filter(isUnverified) ?? [])
      await github.write('PATCH /orgs/{org}/hooks/{hook_id}/config', { org, hook_id, insecure_ssl: '0' })
  },
})

const isUnverified = ({ verifiesSsl, url }: OrganizationHook): boolean => !verifiesSsl && isHttps(url)

const isHttps = (url: string | null): boolean => url?.startsWith('https:') ?? false

function evidenceOf(hook: OrganizationHook): Evidence {
  const wrong = [
    ...(isHttps(hook.url) ? [] : ['its address is not HTTPS']),
    ...(hook.verifiesSsl ? [] : ['SSL verification is off']),
    ...(hook.hasSecret ? [] : ['it has no secret']),
  ]
  return {
    about: `webhook ${hook.githubId} to ${hook.url ?? 'nowhere'}`,
    found: wrong.length > 0 ? wrong.join(', ') : 'HTTPS, verified, with a secret',
    state: wrong.length > 0 ? 'alarm' : 'ok',
  }
}
