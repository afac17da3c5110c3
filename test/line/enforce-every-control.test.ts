import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { controlTypes } from '../../src/controls/index.ts'
import { controlJob, recheck } from '../../src/engine/jobs.ts'
import { setPolicy } from '../../src/engine/set-policy.ts'
import type { Permissions } from '../../src/model/permission.ts'
import { changesPerHour, firstPlan } from '../../src/policies/enforcement.ts'
import type { SeenRequest } from '../../src/simulator/http/seen-request.ts'
import type { Installation } from '../../src/simulator/installation.ts'
import { type Clock, clockAhead } from '../support/clock.ts'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'
import { newSetting } from '../support/setting.ts'
import { type EnforcedControl, enforcedControls, type Stage, setStage } from './enforced-controls.ts'

const [minute, day] = [60_000, 86_400_000]

let town: Guarded
let stage: Stage
let installation: Installation
let clock: Clock
const all = enforcedControls

const store = () => town.guardpost.means.store
const titleOf = ({ repository }: EnforcedControl) => (repository ? `acme/${repository}` : 'acme')
const control = (each: EnforcedControl) => town.control(each.path, titleOf(each))
const verdictOf = async (each: EnforcedControl) => {
  const { id, connectionId } = await control(each)
  return (await store().controls.lastRun(connectionId, id))?.verdict
}
const later = async (milliseconds: number) => {
  clock.pass(milliseconds)
  await town.settle()
}

/** What is asked of GitHub to change settings; reports are something else. */
const isChange = ({ path }: SeenRequest) => !/\/(check-runs|issues|statuses|check-suites)\b/.test(path)
const changes = () => town.sim.writes.filter(isChange)
const named = ({ route, path }: SeenRequest) => (path === '/graphql' ? 'mutation UpdateRepository' : route)
/** Those after so many, as they were asked. */
const since = (count: number) =>
  changes()
    .slice(count)
    .map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body ?? null)}`)

/** Has all of them run: as a person asks for it, or as they do by themselves. */
async function runAll(why = 'a test'): Promise<void> {
  for (const each of all) {
    const { resourceId, connectionId } = await control(each)
    const payload = { path: each.path, resourceId, why, fresh: true }
    await store().jobs.enqueue([controlJob(connectionId, payload, town.guardpost.means.clock())])
  }
  await town.settle()
}

const request = (permissions: Permissions) => town.app.request(permissions)
let mayWrite: Permissions

beforeAll(async () => {
  clock = clockAhead()
  // A GitHub Enterprise Server has no limits by the minute, which are not what this is about.
  town = await guarded({ flavour: 'ghes' })
  stage = setStage(town)
  mayWrite = {
    ...town.app.permissions,
    administration: 'write',
    contents: 'write',
    organization_administration: 'write',
    organization_user_blocking: 'write',
    vulnerability_alerts: 'read',
  }
  request(mayWrite)
  installation = town.install()
  await town.settle()
  await town.set(firstPlan.path, 'Apply')
  await town.set(changesPerHour.path, 'Unlimited')
})
afterEach(() => town.sim.faults.clear())
afterAll(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
  jest.restoreAllMocks()
})

it('has a row for every control that can enforce', () => {
  const enforcing = controlTypes.filter(({ enforce, mendsOurOwn }) => enforce && !mendsOurOwn)
  expect(all.map(({ path }) => path).toSorted()).toEqual(enforcing.map(({ path }) => path).toSorted())
  expect(controlTypes.filter(({ mendsOurOwn }) => mendsOurOwn).map(({ path }) => path)).toEqual([eventHandlersPath])
})

async function ask(mode: 'Check' | 'Enforce'): Promise<void> {
  const { means } = town.guardpost
  for (const each of all) {
    const { id, connectionId } = await resourceOf(each)
    const place = { connectionId, resourceId: id }
    for (const [name, value] of Object.entries(each.values ?? {}))
      await setPolicy(means, newSetting(place, `${each.path} > ${name}`, value))
    await setPolicy(means, newSetting(place, each.path, `${mode}: ${each.value}`))
  }
  await later(2 * minute)
}

async function resourceOf(each: EnforcedControl) {
  const type = each.repository ? 'GitHub > Repository' : 'GitHub > Organization'
  const found = await store().resources.byTitle(1, type, titleOf(each))
  if (!found) throw new Error(`${titleOf(each)} is not recorded.`)
  return found
}

interface Refused {
  readonly name: string
  readonly answer: { status: 403 | 404 | 422; message?: string; errors?: readonly object[] }
  readonly state: 'error' | 'skipped'
  readonly reason: RegExp
  readonly action: RegExp
  /** An old token may be to blame: then it is tried with a new one. */
  readonly isRenewed?: true
}

/** GitHub's answers to a change, in its own words. */
const refusals: readonly Refused[] = [
  {
    name: '404',
    answer: { status: 404 },
    state: 'error',
    reason: /^GitHub answers 404 to |^GitHub refused mutation UpdateRepository \(NOT_FOUND\): Not Found$/,
    action: /^Check that the App is installed on all repositories\.$/,
  },
  {
    name: '422 with what its validation found',
    answer: {
      status: 422,
      message: 'Validation Failed',
      errors: [{ resource: 'Repository', code: 'custom', field: 'x', message: 'is set by the enterprise.' }],
    },
    state: 'error',
    reason:
      /^GitHub refused .* \((422\): Validation Failed: is set by the enterprise\.|UNPROCESSABLE\): Validation Failed)$/,
    action: /^See GitHub's documentation\.$/,
  },
  {
    name: '403 of an archived repository',
    answer: { status: 403, message: 'Repository was archived so is read-only.' },
    state: 'error',
    reason: /^GitHub refused .* \((403|FORBIDDEN)\): Repository was archived so is read-only\.$/,
    action: /^See GitHub's documentation\.$/,
  },
  {
    name: '403 of what the plan lacks',
    answer: { status: 403, message: 'Upgrade to GitHub Enterprise to enable this feature.' },
    state: 'skipped',
    reason:
      /^The plan of acme does not include what .* asks for: Upgrade to GitHub Enterprise to enable this feature\.$/,
    action: /^Upgrade the plan, or set the policy to Skip\.$/,
  },
  {
    name: '403 of a repository that the installation leaves out',
    answer: { status: 403 },
    state: 'error',
    reason:
      /although the permission is granted|a permission that GitHub does not name\. It takes `administration: write`\.$/,
    action: /^(Let the App reach all repositories\.|Review the App's request and accept a permission .*\.)$/,
    isRenewed: true,
  },
]

describe('what GitHub refuses to change', () => {
  it.each(refusals.map((row) => [row.name, row] as const))(
    '%s: is said of every control with what to do, asked for once, and not again until something is otherwise',
    async (_name, { answer, state, reason, action, isRenewed }) => {
      town.sim.faults.api({
        fault: { kind: 'refused', ...answer },
        when: (seen) => isChange(seen) && town.sim.writes.includes(seen),
      })
      const before = changes().length
      // The first of them as policies are set, the others as a person asks for it once more.
      if (before === 0) await ask('Enforce')
      else await runAll()
      const tried = changes().slice(before).map(named)
      for (const { path, call } of all)
        expect([path, tried.filter((route) => call.test(route))]).not.toEqual([path, []])
      if (!isRenewed) expect(tried).toHaveLength(all.length)
      expect(tried.length).toBeLessThanOrEqual(2 * all.length)
      const isSaid = async () => {
        for (const each of all) {
          const said = await control(each)
          expect([each.path, said.state, said.reason]).toEqual([each.path, state, expect.stringMatching(reason)])
          const [diagnosis] = (await verdictOf(each))?.diagnoses ?? []
          if (diagnosis?.remedy) expect(diagnosis.remedy.action).toMatch(action)
          expect([each.path, each.isDone(stage)]).toEqual([each.path, false])
        }
      }
      await isSaid()
      await runAll(recheck)
      expect(since(before + tried.length)).toEqual([])
      await isSaid()
      expect(await store().jobs.parked()).toEqual([])
    },
  )
})

/** How often each is set right within a day before it backs off. */
const tolerated = 3

describe('every Enforce', () => {
  const states = () => Promise.all(all.map(async (each) => [each.path, (await control(each)).state]))
  const areAll = (state: string) => all.map(({ path }) => [path, state])
  const done = () => all.map((each) => [each.path, each.isDone(stage)])
  const areDone = (isDone: boolean) => all.map(({ path }) => [path, isDone])
  /** What needs another setting first is refused once before it, and done once that is there. */
  const settleAll = async () => {
    await runAll()
    await runAll()
  }

  it('whose permission is gone says who mends it, and asks GitHub for nothing until it is granted', async () => {
    const before = changes().length
    const { administration: _, organization_administration: __, organization_user_blocking: ___, ...rest } = mayWrite
    request({
      ...rest,
      administration: 'read',
      organization_administration: 'read',
      organization_user_blocking: 'read',
      organization_hooks: 'read',
    })
    await runAll()
    // Those that ran before GitHub said what is granted now were refused once.
    expect(changes().length - before).toBeLessThanOrEqual(all.length)
    await runAll()
    const after = changes().length
    await runAll()
    await runAll(recheck)
    expect(since(after)).toEqual([])
    for (const each of all) {
      const { state, reason } = await control(each)
      expect([each.path, state, reason]).toEqual([
        each.path,
        'alarm',
        expect.stringMatching(/Enforcement waits: The permission `\w+: write` is not requested by the App\./),
      ])
      expect((await verdictOf(each))?.diagnoses).toMatchObject([
        { remedy: { who: 'the owner of the App, acme', url: expect.stringContaining('/permissions') } },
      ])
    }
    expect(done()).toEqual(areDone(false))
  })

  it('goes on by itself once it is granted: each changes GitHub, and is OK by what GitHub says then', async () => {
    request(mayWrite)
    installation.grant()
    await later(2 * minute)
    await settleAll()
    expect(await states()).toEqual(areAll('ok'))
    expect(done()).toEqual(areDone(true))
  })

  it('of what is so already changes nothing', async () => {
    const before = changes().length
    await settleAll()
    await runAll(recheck)
    expect(since(before)).toEqual([])
    expect(await states()).toEqual(areAll('ok'))
  })

  it('of what somebody changes back is done again, and again, then waits with an Alarm that says so', async () => {
    for (let round = 1; round < tolerated; round++) {
      for (const { undo } of all) undo(stage)
      await settleAll()
      expect([round, await states()]).toEqual([round, areAll('ok')])
      expect([round, done()]).toEqual([round, areDone(true)])
    }
    for (const { undo } of all) undo(stage)
    const before = changes().length
    await settleAll()
    expect(since(before)).toEqual([])
    expect(done()).toEqual(areDone(false))
    for (const each of all) {
      const { state, reason } = await control(each)
      expect([each.path, state, reason]).toEqual([
        each.path,
        'alarm',
        expect.stringMatching(
          /waits: This was set right 3 times within a day and changed back each time, .*It goes on at /,
        ),
      ])
    }
    await later(16 * minute)
    await settleAll()
    expect(await states()).toEqual(areAll('ok'))
    expect(done()).toEqual(areDone(true))
  })

  it('that was refused for a reason that nobody sees is tried once more after a day', async () => {
    await later(day)
    const [blocking] = all
    if (!blocking) throw new Error('There is none.')
    const fault = town.sim.faults.api({
      fault: { kind: 'refused', status: 422 },
      when: ({ route }) => blocking.call.test(route),
    })
    blocking.undo(stage)
    await town.settle()
    expect(await control(blocking)).toMatchObject({ state: 'error' })
    await later(day - 60 * minute)
    expect(fault.struck).toBe(1)
    fault.off()
    await later(2 * 60 * minute)
    expect(await control(blocking)).toMatchObject({ state: 'ok' })
  })
})
