import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { reportingPlace } from '../../src/engine/reporting-place.ts'
import { now, type Recorded, recorded } from './recorded.ts'

let acme: Recorded
beforeEach(async () => {
  acme = await recorded()
})
afterEach(() => acme.close())

const place = (at = now) => reportingPlace(acme.store, acme.connection, at)
const path = 'GitHub > Organization > Reporting'
const set = (policy: string, value: string, more = {}) =>
  acme.store.policies.set(acme.setting(`${path} > ${policy}`, value, more), now)

describe('the repository that reports go to', () => {
  it('is .github-private, told everything', async () => {
    await acme.repository('.github')
    await acme.repository('.github-private')
    expect(await place()).toEqual({
      owner: 'acme',
      name: '.github-private',
      nodeId: 'R_.github-private',
      defaultBranch: 'main',
      headSha: 'a1',
      mayTellDetails: true,
    })
  })

  it('is .github where there is no other, or the other is gone or archived', async () => {
    await acme.repository('.github')
    expect(await place()).toMatchObject({ name: '.github' })
    await acme.repository('.github-private', { data: { isArchived: true } })
    expect(await place()).toMatchObject({ name: '.github' })
    await acme.repository('.github-private', { goneAt: now, goneReason: 'deleted' })
    expect(await place()).toMatchObject({ name: '.github' })
  })

  it('is none where there is neither', async () => {
    await acme.repository('web')
    expect(await place()).toBeNull()
  })

  it('is the one that the policy names, and no other where that is not there', async () => {
    await acme.repository('.github-private')
    await set('Repository', 'operations')
    expect(await place()).toBeNull()
    await acme.repository('operations')
    expect(await place()).toMatchObject({ name: 'operations' })
  })

  it('is the one named while the policy is in force', async () => {
    await acme.repository('.github-private')
    await acme.repository('operations')
    await set('Repository', 'operations', { startsAt: now, expiresAt: now + 10 })
    const names = await Promise.all([now - 1, now, now + 9, now + 10].map((at) => place(at)))
    expect(names.map((each) => each?.name)).toEqual(['.github-private', 'operations', 'operations', '.github-private'])
  })

  it('may be empty: then there is no head to check', async () => {
    await acme.repository('.github-private', { data: { defaultBranch: null, headSha: null } })
    expect(await place()).toMatchObject({ defaultBranch: null, headSha: null })
  })
})

describe('what it may be told', () => {
  it.each([
    ['private', true],
    ['internal', true],
    ['public', false],
    [null, false],
  ])('in a repository of visibility %s: everything: %s', async (visibility, mayTellDetails) => {
    await acme.repository('.github-private', { data: { visibility } })
    expect(await place()).toMatchObject({ mayTellDetails })
  })

  it('in public is everything where the policy says so', async () => {
    await acme.repository('.github', { data: { visibility: 'public' } })
    await set('Detail in Public', 'Everything')
    expect(await place()).toMatchObject({ mayTellDetails: true })
    await set('Detail in Public', 'State only')
    expect(await place()).toMatchObject({ mayTellDetails: false })
  })
})
