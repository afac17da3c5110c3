import { createHmac, randomUUID } from 'node:crypto'
import { appHookPath, hookPath } from '../src/server/webhooks.ts'

/** One thing to say to a server, byte by byte, and whether any of it is a delivery that it must take. */
export interface Attempt {
  readonly name: string
  readonly bytes: Buffer
  /** The GUIDs of the requests in it that are signed rightly; none of its others may ever be kept. */
  readonly signed: readonly string[]
  /** How many requests it is made of. */
  readonly requests: number
  /** Close the connection once it is said, without waiting for an answer. */
  readonly hangUp?: true
}

export interface Target {
  readonly appSecret: string
  readonly hookId: string
  readonly hookSecret: string
}

interface Draft {
  method: string
  path: string
  version: string
  headers: [string, string][]
  body: Buffer
}

const sign = (secret: string, body: Buffer): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

const written = ({ method, path, version, headers, body }: Draft): Buffer => {
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return Buffer.concat([Buffer.from(`${method} ${path} ${version}\r\n${head}\r\n`, 'latin1'), body])
}

/** Makes attempts without end: the same ones for the same numbers of `random`, but for their GUIDs. */
export function attempts({ appSecret, hookId, hookSecret }: Target, random: () => number): () => Attempt {
  const upTo = (most: number) => Math.floor(random() * most)
  const pick = <T>(items: readonly T[]): T => items[upTo(items.length)] as T
  const noise = (most: number) => Buffer.from(Array.from({ length: upTo(most) }, () => upTo(256)))
  const text = (most: number) => noise(most).toString('base64url')

  const right = (): Draft & { guid: string; secret: string } => {
    const isApp = random() < 0.5
    const secret = isApp ? appSecret : hookSecret
    const body = Buffer.from(JSON.stringify({ action: 'created', text: text(2_000), n: random() }))
    const guid = randomUUID()
    const headers: [string, string][] = [
      ['Host', '127.0.0.1'],
      ['Content-Type', 'application/json'],
      ['X-GitHub-Delivery', guid],
      ['X-GitHub-Event', 'star'],
      ['X-Hub-Signature-256', sign(secret, body)],
      ['Content-Length', String(body.length)],
    ]
    const path = isApp ? appHookPath : hookPath(hookId)
    return { method: 'POST', path, version: 'HTTP/1.1', headers, body, guid, secret }
  }
  const set = (draft: Draft, name: string, value: string | null): void => {
    draft.headers = draft.headers.filter(([known]) => known !== name)
    if (value !== null) draft.headers.push([name, value])
  }
  const withBody = (draft: Draft, body: Buffer): void => {
    draft.body = body
    set(draft, 'Content-Length', String(body.length))
  }
  /** A change after which the request is signed no longer. */
  const forgeries: Record<string, (draft: Draft & { secret: string }) => void> = {
    'a bit flipped': (draft) => {
      const body = Buffer.from(draft.body)
      const at = upTo(body.length)
      body[at] = (body[at] ?? 0) ^ (1 << upTo(8))
      withBody(draft, body)
    },
    'a body cut short': (draft) => withBody(draft, draft.body.subarray(0, upTo(draft.body.length))),
    'a body with more': (draft) => withBody(draft, Buffer.concat([draft.body, Buffer.from(' '), noise(20)])),
    'another body': (draft) => withBody(draft, noise(3_000)),
    'no signature': (draft) => set(draft, 'X-Hub-Signature-256', null),
    'a made-up signature': (draft) =>
      set(draft, 'X-Hub-Signature-256', pick(['', 'sha256=', text(80), 'sha256=é', '0'])),
    'a signature of another secret': (draft) => set(draft, 'X-Hub-Signature-256', sign(text(9), draft.body)),
    'the other hook’s secret': (draft) =>
      set(draft, 'X-Hub-Signature-256', sign(draft.secret === appSecret ? hookSecret : appSecret, draft.body)),
    'SHA-1 alone': (draft) => {
      set(draft, 'X-Hub-Signature-256', null)
      set(draft, 'X-Hub-Signature', `sha1=${createHmac('sha1', draft.secret).update(draft.body).digest('hex')}`)
    },
    'a digit of the signature changed': (draft) => {
      const digits = [...sign(draft.secret, draft.body)]
      const at = 7 + upTo(64)
      digits[at] = digits[at] === 'a' ? 'b' : 'a'
      set(draft, 'X-Hub-Signature-256', digits.join(''))
    },
    'the signature of another body': (draft) => set(draft, 'X-Hub-Signature-256', sign(draft.secret, noise(50))),
    'two signatures': (draft) => draft.headers.push(['X-Hub-Signature-256', sign(draft.secret, draft.body)]),
    'an unknown hook': (draft) => {
      draft.path = hookPath(pick([text(30) || 'x', `${hookId}x`, 'app', 'App', '..', '%61pp', hookId.toUpperCase()]))
    },
    'another path': (draft) => {
      draft.path = pick([
        '/',
        '//',
        `/${text(60)}`,
        `${appHookPath}/`,
        `${appHookPath}%00`,
        '*',
        `/${'a'.repeat(9_000)}`,
      ])
    },
    'another method': (draft) => {
      draft.method = pick(['GET', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS', 'PURGE', 'CONNECT', 'BREW'])
    },
    'another content type': (draft) =>
      set(
        draft,
        'Content-Type',
        pick(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', '', text(40)]),
      ),
    'a large header': (draft) => set(draft, 'X-Large', 'x'.repeat(17_000 + upTo(20_000))),
    'many headers': (draft) => {
      for (let n = 0; n < 2_500; n++) draft.headers.unshift([`X-${n}`, '1'])
    },
    'a length too long': (draft) => set(draft, 'Content-Length', String(draft.body.length + 1 + upTo(100))),
    'a length that is none': (draft) =>
      set(draft, 'Content-Length', pick(['-1', 'x', '1e3', '0x10', '99999999999999999999'])),
    'a length too short': (draft) => set(draft, 'Content-Length', String(upTo(draft.body.length))),
    'a length and chunks': (draft) => draft.headers.push(['Transfer-Encoding', 'chunked']),
    'bad chunks': (draft) => {
      set(draft, 'Content-Length', null)
      set(draft, 'Transfer-Encoding', pick(['chunked', 'chunked, chunked', 'xchunked', 'gzip']))
      draft.body = Buffer.concat([Buffer.from(pick(['-1\r\n', 'fffffffff\r\n', 'zz\r\n', '5\n', '0\r\n'])), draft.body])
    },
    'a GUID that is none': (draft) =>
      set(draft, 'X-GitHub-Delivery', pick(['', '../../x', 'a b', 'a'.repeat(101), "';--"])),
    'an event that is none': (draft) => set(draft, 'X-GitHub-Event', pick(['', 'Star!', 'star star', 'a'.repeat(51)])),
    'a header that is none': (draft) => draft.headers.unshift([pick(['X\0', 'X Y', '', 'é', 'X-A\r']), 'x']),
    'another protocol': (draft) => {
      draft.version = pick(['HTTP/9.9', 'HTTP/1.1.1', 'ICY', ''])
    },
  }
  const forge = (): Attempt => {
    const [name, change] = pick(Object.entries(forgeries))
    const draft = right()
    change(draft)
    return { name, bytes: written(draft), signed: [], requests: 1 }
  }
  const chunked = (): Attempt => {
    const { guid, ...draft } = right()
    set(draft, 'Content-Length', null)
    set(draft, 'Transfer-Encoding', 'chunked')
    const parts: Buffer[] = []
    for (let at = 0; at < draft.body.length; ) {
      const part = draft.body.subarray(at, at + 1 + upTo(700))
      parts.push(Buffer.from(`${part.length.toString(16)}${pick(['', ';a=b'])}\r\n`), part, Buffer.from('\r\n'))
      at += part.length
    }
    draft.body = Buffer.concat([...parts, Buffer.from('0\r\n\r\n')])
    return { name: 'chunks', bytes: written(draft), signed: [guid], requests: 1 }
  }
  const whole = (): Attempt => {
    const { guid, ...draft } = right()
    return { name: 'as GitHub does', bytes: written(draft), signed: [guid], requests: 1 }
  }
  const twice = (): Attempt => {
    const { guid, ...draft } = right()
    return {
      name: 'the same twice',
      bytes: Buffer.concat([written(draft), written(draft)]),
      signed: [guid],
      requests: 2,
    }
  }
  /** Each whole in itself: what comes after a malformed one is nobody's. */
  const pipelined = (): Attempt => {
    const orderly = ['a bit flipped', 'no signature', 'the other hook’s secret', 'an event that is none']
    const all = Array.from({ length: 2 + upTo(5) }, () => {
      const { guid, ...draft } = right()
      const isRight = random() < 0.5
      if (!isRight) forgeries[pick(orderly)]?.(draft)
      return { bytes: written(draft), signed: isRight ? [guid] : [] }
    })
    return {
      name: 'in one row',
      bytes: Buffer.concat(all.map(({ bytes }) => bytes)),
      signed: all.flatMap(({ signed }) => signed),
      requests: all.length,
    }
  }
  const cutOff = (): Attempt => {
    const bytes = written(right())
    return { name: 'hung up', bytes: bytes.subarray(0, upTo(bytes.length)), signed: [], requests: 1, hangUp: true }
  }
  const garbage = (): Attempt => ({ name: 'garbage', bytes: noise(4_000), signed: [], requests: 1 })
  const makers = [whole, chunked, twice, pipelined, cutOff, garbage]
  return () => (random() < 0.7 ? forge() : pick(makers)())
}
