import { Writable } from 'node:stream'
import { expect, it, jest } from '@jest/globals'
import { pino } from 'pino'
import { compose } from '../../../src/compose.ts'
import { startServer } from '../../../src/server/server.ts'
import { makeFirstAdministrator } from '../../../src/server/sign-in/first-administrator.ts'
import { guarded } from '../../support/guarded.ts'
import { browser } from './browser.ts'

jest.setTimeout(30_000)

const url = 'https://guardpost.example'
const own = 'canary: correct horse'
const guess = 'canary: a wrong guess'

it('no password, session, code, token or client secret is in any log line or answer', async () => {
  const town = await guarded({ flavour: 'ghes' })
  town.install()
  await town.settle()
  await town.stop()
  const lines: string[] = []
  const stream = new Writable({ write: (chunk, _, done) => done(void lines.push(String(chunk))) })
  const guardpost = await compose(town.config, pino({ level: 'trace' }, stream))
  const server = await startServer(guardpost, town.config)
  const made = await makeFirstAdministrator(guardpost.means)
  const address = `http://127.0.0.1:${server.port}`
  const answers: string[] = []
  const secrets = new Set([made?.password ?? '', own, guess, town.app.clientSecret])
  const visit = () => {
    const visitor = browser(address, url)
    const ask: typeof visitor.ask = async (...asked) => {
      const seen = await visitor.ask(...asked)
      for (const value of visitor.cookies.values()) for (const part of value.split('.')) secrets.add(part)
      const { 'set-cookie': _, ...headers } = Object.fromEntries(seen.headers)
      answers.push(`${JSON.stringify(headers)}${seen.text}`)
      return seen
    }
    return { visitor, ask }
  }
  const { visitor, ask } = visit()
  const signIn = (password: string) => ask('POST', '/api/v1/session', { login: 'admin', password })
  await signIn(guess)
  visitor.csrfToken = (await signIn(made?.password ?? '')).body.csrfToken
  const changed = await ask('PUT', '/api/v1/password', { current: made?.password, next: own })
  expect(changed.status).toBe(200)
  visitor.csrfToken = changed.body.csrfToken
  await ask('PUT', '/api/v1/password', { current: own })
  await ask('PUT', '/api/v1/password', `{"current":"${own}`)
  for (const path of ['session', 'sessions', 'people', 'nothing']) await ask('GET', `/api/v1/${path}`)
  await ask('GET', `/sign-in/github/callback?code=${own}&state=${guess}`)

  const github = visit()
  const begun = await github.ask('GET', '/sign-in/github')
  const body = new URLSearchParams({ login: 'acme-owner' })
  const page = begun.headers.get('location') ?? ''
  const pressed = await fetch(page, { method: 'POST', body, redirect: 'manual' })
  const back = new URL(pressed.headers.get('location') ?? '')
  const code = back.searchParams.get('code') ?? ''
  expect(code).toMatch(/^[\da-f]{20}$/)
  secrets.add(code)
  expect((await github.ask('GET', `${back.pathname}${back.search}`)).status).toBe(302)
  expect((await github.ask('GET', '/api/v1/session')).status).toBe(200)
  await server.close()
  await guardpost.close()
  await town.sim.close()

  expect(lines.join('')).toContain('Signed in with GitHub')
  // The parts of the cookies besides the secrets themselves: where to go back to.
  secrets.delete(Buffer.from('/').toString('base64url'))
  expect(secrets.size).toBeGreaterThanOrEqual(8)
  for (const text of [...lines, ...answers]) {
    for (const secret of secrets) expect(text).not.toContain(secret)
    expect(text).not.toMatch(/gh[a-z]_\w{20}/)
  }
})
