import type { GitHub } from '../../../model/github.ts'
import type { ConnectionData } from '../../../resources/connection.ts'
import { type Finding, same } from './finding.ts'

type Facts = Partial<ConnectionData>

/** Source `GitHub App`: the App's own webhook points here, speaks JSON and verifies our certificate. */
export function judgeAppHook({ kind, appHook, appHookUrl }: Facts): Finding[] {
  if (kind === 'token')
    return [{ about: 'Source', found: 'a token has no App webhook', wanted: 'Organization webhook', state: 'alarm' }]
  if (appHook === undefined || appHookUrl === undefined)
    return [{ about: 'Webhook of the App', found: 'not known yet', state: 'tbd' }]
  if (appHook === null || appHook.url === null)
    return [{ about: 'Webhook of the App', found: 'none', wanted: appHookUrl, state: 'alarm' }]
  return [
    same('Webhook URL of the App', appHook.url, appHookUrl),
    same('Webhook content type of the App', appHook.contentType ?? 'form', 'json'),
    same('Webhook SSL verification of the App', appHook.verifiesSsl ? 'on' : 'off', 'on'),
  ]
}

/**
 * Nothing is written while the configuration is not known. The secret goes along, since GitHub takes a configuration
 * without one as the wish to have none.
 */
export async function mendAppHook(
  facts: Facts,
  { app, appWebhookSecret }: { app: GitHub | null; appWebhookSecret: string | null },
): Promise<void> {
  const isWrong = judgeAppHook(facts).some(({ state }) => state === 'alarm')
  if (!isWrong || !app || !appWebhookSecret || !facts.appHookUrl) return
  await app.write('PATCH /app/hook/config', {
    url: facts.appHookUrl,
    content_type: 'json',
    insecure_ssl: '0',
    secret: appWebhookSecret,
  })
}
