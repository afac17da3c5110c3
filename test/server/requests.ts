import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { connect } from 'node:net'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

export const appPath = '/api/github/webhooks'

export const signature = (secret: string, body: string | Buffer): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

/** The headers of a delivery as GitHub sends it. */
export const headersOf = (secret: string, event: string, guid: string, body: string | Buffer) => ({
  'content-type': 'application/json',
  'user-agent': 'GitHub-Hookshot/044aadd',
  'x-github-delivery': guid,
  'x-github-event': event,
  'x-hub-signature-256': signature(secret, body),
})

/** One request, with just these headers; rejects where the connection ends without an answer. */
export function post(
  address: string,
  path: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>>,
  method = 'POST',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(`${address}${path}`, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const { date: _, ...rest } = response.headers
        resolve({ status: response.statusCode ?? 0, headers: rest, body: Buffer.concat(chunks).toString() })
      })
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** Writes these bytes and gives what came back when the server ended the connection. */
export function conversation(address: string, text: string): Promise<string> {
  const { hostname, port } = new URL(address)
  return new Promise((resolve, reject) => {
    let heard = ''
    const socket = connect(Number(port), hostname, () => socket.write(text))
    socket.on('data', (chunk) => {
      heard += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(heard))
  })
}
