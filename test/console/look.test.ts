import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { signInFirst, type Visit, visit } from './visit.ts'

let here: Visit
beforeAll(async () => {
  here = await visit()
  here.town.install()
  await here.town.settle()
}, 60_000)
afterAll(() => here.close())

it('x', async () => {
  const page = await here.open({ viewport: { width: 1440, height: 900 } })
  await page.goto('/')
  await page.waitForTimeout(500)
  await page.screenshot({ path: '/tmp/shots/sign-in.png' })
  try { await signInFirst(page, here.oneTimePassword) } catch (e) { await page.screenshot({ path: '/tmp/shots/fail.png' }); console.log(e) }
  for (const [name, path] of Object.entries({
    controls: '/controls', all: '/controls?all', type: '/controls?type=GitHub+>+Organization+>+Event+Handlers', control: '/controls/2',
    resources: '/resources', resource: '/resources/1', policies: '/policies', newset: '/policies/new',
    activity: '/activity', deliveries: '/deliveries', connections: '/connections', connection: '/connections/1', people: '/people',
  })) {
    await page.goto(path)
    await page.waitForTimeout(700)
    await page.screenshot({ path: `/tmp/shots/${name}.png` })
  }
  console.log(here.faults)
  expect(1).toBe(1)
}, 120_000)
