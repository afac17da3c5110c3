import type { Log } from '../../engine/means.ts'
import { appHookId } from '../../model/hook.ts'
import { appHookPath, hookIdOf, hookPath } from '../webhooks.ts'
import { direct } from './direct.ts'

/** What a webhook endpoint looks at. Whatever else a channel brings along stays behind: anybody may write there. */
const wanted = /^(content-type|user-agent|x-github-[a-z-]+|x-hub-signature-256)$/

/** Hands what came by a channel to our own webhook endpoints at `home`, which verify it as they verify everything. */
export function forwarder(home: string, log: Log) {
  return async (target: URL, { body, headers }: RequestInit): Promise<Response> => {
    const hookId = target.searchParams.get('hook') ?? appHookId
    const path = hookId === appHookId ? appHookPath : hookPath(hookId)
    if (hookIdOf(path) === null) return new Response(null, { status: 404 })
    const sent = Object.entries(headers ?? {}).filter(([name]) => wanted.test(name))
    const response = await direct(`${home}${path}`, { method: 'POST', headers: sent, body: body ?? null })
    if (response.status === 401) log.warn(named(sent, hookId), spoiled)
    else if (!response.ok) log.warn({ ...named(sent, hookId), status: response.status }, notTaken)
    return response
  }
}

const spoiled =
  'A delivery that came by the webhook proxy was refused: its signature does not fit. The proxy writes JSON anew, so a body ' +
  'that was not written just so before loses its signature; or somebody else wrote to the channel. If GitHub sent it, it is ' +
  'read back from its log within minutes'

const notTaken =
  'A delivery that came by the webhook proxy was not taken; if GitHub sent it, it is read back from its log'

const named = (headers: readonly (readonly [string, unknown])[], hook: string) => {
  const { 'x-github-delivery': guid, 'x-github-event': event } = Object.fromEntries(headers)
  return { hook, guid, event }
}
