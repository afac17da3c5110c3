import type { Addresses } from '../means.ts'
import { operator, type Symptom } from './symptom.ts'

const about = 'Address of this server'

/** In milliseconds: GitHub itself waits 10 s. */
const patience = 10_000

/** Can this server be reached where GitHub is told that it is. Asked from here: GitHub’s way may be another. */
export async function examineAddress({ hook, proxy, control }: Addresses, ask: typeof fetch): Promise<Symptom[]> {
  if (proxy !== null) return [await reachProxy(proxy, ask)]
  const url = hook('').replace(/\/api\/.*$/, '')
  if (control(0) === null) return [wrong(`${url} is of this machine only`, setUrl)]
  return [judgeScheme(url), await reach(url, ask)]
}

const setUrl =
  'Set GUARDPOST_URL to the address that GitHub reaches. To try it out on a machine that GitHub cannot reach: ' +
  '`guardpost start --smee`.'

const wrong = (found: string, action: string): Symptom => ({
  about,
  found,
  level: 'wrong',
  remedy: { who: operator, action },
})

const judgeScheme = (url: string): Symptom =>
  url.startsWith('https:')
    ? { about: 'Encryption on the way', found: 'HTTPS', level: 'ok' }
    : {
        about: 'Encryption on the way',
        found: `none: ${url}`,
        level: 'wrong',
        remedy: {
          who: operator,
          action: 'Put a reverse proxy with a certificate before it, and set GUARDPOST_URL to https://….',
        },
      }

/** A channel's address is not shown whole: whoever knows it reads what comes by it. */
async function reachProxy(proxy: string, ask: typeof fetch): Promise<Symptom> {
  const { origin } = new URL(proxy)
  try {
    const { ok, status } = await ask(proxy, { redirect: 'manual', signal: AbortSignal.timeout(patience) })
    if (ok) return { about, found: `deliveries come by the webhook proxy ${origin}, which answers`, level: 'ok' }
    return wrong(`the webhook proxy ${origin} answers ${status} for our channel`, anotherChannel)
  } catch (error) {
    return wrong(`the webhook proxy ${origin} does not answer (${codeOf(error)})`, anotherChannel)
  }
}

const anotherChannel =
  'Wait until it works again; what it lost is read back from GitHub’s log. Or take another channel: ' +
  '`guardpost start --no-smee`, then `guardpost start --smee`.'

async function reach(url: string, ask: typeof fetch): Promise<Symptom> {
  try {
    const { status } = await ask(`${url}/healthz`, { redirect: 'manual', signal: AbortSignal.timeout(patience) })
    if (status === 200) return { about, found: `${url} answers`, level: 'ok' }
    if (status >= 300 && status < 400)
      return wrong(
        `${url} sends elsewhere (${status})`,
        'Set GUARDPOST_URL to where it leads: a webhook is not sent on.',
      )
    return wrong(`${url}/healthz answers ${status}`, 'See what the reverse proxy passes on, and to which port.')
  } catch (error) {
    return wrong(...unreached(url, codeOf(error)))
  }
}

const codeOf = (error: unknown): string => {
  const { cause, name } = error as { cause?: { code?: string }; name: string }
  return cause?.code ?? name
}

function unreached(url: string, code: string): [string, string] {
  if (/CERT|SIGNATURE|ISSUER|ALTNAME|TLS|SSL/.test(code))
    return [
      `the certificate of ${url} is not accepted (${code})`,
      'Install a valid certificate with its whole chain there.',
    ]
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return [
      `the name in ${url} leads nowhere (${code})`,
      'Make its DNS record, or set GUARDPOST_URL to the right name.',
    ]
  return [
    `${url} does not answer (${code})`,
    'See that Guardpost runs, and that the proxy and the firewall let requests to it.',
  ]
}
