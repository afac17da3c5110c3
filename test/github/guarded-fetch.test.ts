import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'
import { bench, byToken, clientOf, refusalOf } from './fixture.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const json = { 'content-type': 'application/json' }
const repository = { owner: 'acme', repo: 'old' }

describe('a redirect', () => {
  it('of a renamed repository is followed, with the credential', async () => {
    const seen: string[] = []
    const apiUrl = await serving((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization?.slice(0, 5)}`)
      if (request.url === '/repositories/1') return response.writeHead(200, json).end('{"id":1}')
      return response.writeHead(301, { location: '/repositories/1' }).end()
    })
    const github = await clientOf(bench({ apiUrl }), byToken)
    expect((await github.get('GET /repos/{owner}/{repo}', repository)).data).toEqual({ id: 1 })
    expect(seen).toEqual(['GET /repos/acme/old token', 'GET /repositories/1 token'])
  })

  it('to another host is refused, and nothing is sent there', async () => {
    let asked = 0
    const elsewhere = await serving((_, response) => {
      asked++
      response.end('{}')
    })
    const apiUrl = await serving((_, response) => response.writeHead(302, { location: `${elsewhere}/x` }).end())
    const github = await clientOf(bench({ apiUrl }), byToken)
    const refusal = await refusalOf(github.get('GET /repos/{owner}/{repo}', repository))
    expect(refusal).toMatchObject({ status: 302, diagnosis: { code: 'refused' } })
    expect(refusal.message).toContain(`a redirect to ${new URL(elsewhere).host} is not followed`)
    expect(asked).toBe(0)
  })

  it('of a write is followed only where the write stays one', async () => {
    const seen: string[] = []
    const serve = (status: number) =>
      serving((request, response) => {
        let body = ''
        request.on('data', (chunk) => {
          body += chunk
        })
        request.on('end', () => {
          seen.push(`${request.method} ${request.url} ${body}`)
          if (request.url?.startsWith('/repositories')) return response.writeHead(200, json).end('{"id":1}')
          return response.writeHead(status, { location: '/repositories/1' }).end()
        })
      })
    const change = { ...repository, description: 'new' }
    const kept = await clientOf(bench({ apiUrl: await serve(307) }), byToken)
    await kept.write('PATCH /repos/{owner}/{repo}', change)
    const turned = await clientOf(bench({ apiUrl: await serve(301) }), byToken)
    expect((await refusalOf(turned.write('PATCH /repos/{owner}/{repo}', change))).status).toBe(301)
    expect(seen).toEqual([
      'PATCH /repos/acme/old {"description":"new"}',
      'PATCH /repositories/1 {"description":"new"}',
      'PATCH /repos/acme/old {"description":"new"}',
    ])
  })

  it('in a circle ends', async () => {
    const apiUrl = await serving((request, response) => response.writeHead(302, { location: request.url }).end())
    const github = await clientOf(bench({ apiUrl }), byToken)
    expect((await refusalOf(github.get('GET /repos/{owner}/{repo}', repository))).diagnosis.code).toBe('refused')
  })
})

describe('no answer', () => {
  it.each([
    ['never', () => undefined],
    ['half of it', (_request, response) => void response.writeHead(200, json).write('{"id":')],
  ] as [string, RequestListener][])('in time: %s', async (_, listener) => {
    const apiUrl = await serving(listener)
    const at = bench({ apiUrl, timeoutMs: 60 })
    const github = await clientOf(at, byToken)
    expect(await refusalOf(github.get('GET /repos/{owner}/{repo}', repository))).toMatchObject({
      status: null,
      retryAt: at.time.now + 30_000,
      diagnosis: { code: 'unavailable' },
    })
    expect(github.calls).toMatchObject([{ path: '/repos/acme/old', status: null, requestId: null }])
  })

  it('that can be read: a body cut off, a page in place of JSON, nothing', async () => {
    const cut: RequestListener = (_, response) => {
      response.writeHead(200, { ...json, 'content-length': '100' }).write('{"id":1}')
      response.destroy()
    }
    const page: RequestListener = (_, response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in</p>')
    const nothing: RequestListener = (_, response) => void response.writeHead(200, json).end()
    for (const listener of [cut, page, nothing]) {
      const github = await clientOf(bench({ apiUrl: await serving(listener) }), byToken)
      const refusal = await refusalOf(github.get('GET /repos/{owner}/{repo}', repository))
      expect(refusal).toMatchObject({ status: null, diagnosis: { code: 'unavailable' } })
    }
  })

  it('since nobody is there', async () => {
    const apiUrl = await serving(() => undefined)
    const [server] = servers.splice(0)
    await new Promise((closed) => server?.close(closed))
    const github = await clientOf(bench({ apiUrl }), byToken)
    const refusal = await refusalOf(github.get('GET /repos/{owner}/{repo}', repository))
    expect(refusal.message).toMatch(/^GitHub did not answer GET \/repos\/\{owner\}\/\{repo\}: connect ECONNREFUSED/)
  })
})

it('204 is an answer without data', async () => {
  const apiUrl = await serving((_, response) => response.writeHead(204).end())
  const github = await clientOf(bench({ apiUrl }), byToken)
  const ping = { org: 'acme', hook_id: 1 }
  expect((await github.write('POST /orgs/{org}/hooks/{hook_id}/pings', ping)).status).toBe(204)
})
