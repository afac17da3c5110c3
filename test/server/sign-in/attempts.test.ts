import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { attempts } from '../../../src/server/sign-in/attempts.ts'
import { type Door, door } from './door.ts'

jest.setTimeout(30_000)

let here: Door

beforeEach(async () => {
  here = await door()
})
afterEach(() => here.close())

const from = (address: string) => ({ 'x-forwarded-for': `10.9.9.9, ${address}` })

it('a wrong password and an unknown name are answered alike', async () => {
  const stranger = here.browser()
  const answers = [await stranger.signIn('admin', 'guess'), await stranger.signIn('nobody', 'guess')]
  expect(answers.map(({ status }) => status)).toEqual([401, 401])
  expect(answers[0]?.body).toEqual(answers[1]?.body)
  expect(here.log()).toContain('"login":"nobody"')
})

it('a name is tried ten times, from wherever, then once a minute', async () => {
  const stranger = here.browser()
  const attempt = (password: string, last: number) =>
    stranger.ask('POST', '/api/v1/session', { login: 'Admin', password }, from(`10.0.0.${last}`))
  for (let count = 0; count < 10; count++) expect((await attempt('guess', count)).status).toBe(401)
  const refused = await attempt(here.password, 11)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
  expect(refused.body).toMatchObject({ status: 429, detail: 'There were too many tries. Try again in 60 s.' })
  here.pass(59_000)
  expect((await attempt(here.password, 12)).headers.get('retry-after')).toBe('1')
  here.pass(1_000)
  expect((await attempt(here.password, 13)).status).toBe(200)
  expect(here.log()).toContain('Sign-in refused: too many tries')
})

describe('tries', () => {
  it('of an address are thirty, of a whole IPv6 network together', () => {
    const { take, giveBack } = attempts(() => 0)
    for (let count = 0; count < 30; count++) expect(take(`2001:db8::${count}`, `name ${count}`)).toBeNull()
    expect(take('2001:db8::ffff', 'another')).toBe(30_000)
    expect(take('2001:db8:0:1::1', 'another')).toBeNull()
    giveBack('2001:db8::1', 'name 1')
    expect(take('2001:db8::1', 'yet another')).toBeNull()
  })

  it('are remembered of so many only, those of the last longest', () => {
    const { take } = attempts(() => 0)
    for (let count = 0; count < 10; count++) take(`10.0.0.${count}`, 'first')
    for (let count = 0; count < 10_000; count++) take(`a${count}`, `name ${count}`)
    expect(take('b', 'first')).toBeNull()
    for (let count = 0; count < 9; count++) take(`c${count}`, 'name 9999')
    expect(take('d', 'name 9999')).toBe(60_000)
  })
})
