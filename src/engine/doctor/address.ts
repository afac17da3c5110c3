import type { Addresses } from '../means.ts'
import { operator, type Symptom } from './symptom.ts'

const about = 'Address of this server'

/** In milliseconds: GitHub itself waits 10 s. */
const patience = 10_000

/** Can this server be reached where GitHub is told that it is. Asked from here: GitHub’s way may be another. */
export async function examineAddress({ hook, appHook, control }: Addresses, ask: typeof fetch): Promise<Symptom[]> {
  const url = hook('').replace(/\/api\/.*$/, '')
  if (new URL(appHook).origin !== new URL(url).origin)
    return [{ about, found: `deliveries to the App come by a proxy, ${appHook}`, level: 'ok' }]
  if (control(0) === null) return [wrong(`${url} is of this machine only`, setUrl)]
  return [judgeScheme(url), await reach(url, ask)]
}

const setUrl = 'Set GUARDPOST_URL to the address that GitHub reaches, or WEBHOOK_PROXY_URL to a proxy for webhooks.'

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
