import { describe, expect, it } from '@jest/globals'
import { defaultNeeds, manifestNeeds, neededEvents, neededNeeds } from '../../src/engine/needs.ts'
import { policiesOfOrganization } from '../../src/engine/organization-policies.ts'
import type { Connection } from '../../src/model/connection.ts'
import { permissionsOf } from '../../src/model/permission.ts'
import type { PolicySetting } from '../../src/model/policy.ts'
import { policiesOf } from '../../src/policies/policies-of.ts'
import { reporters } from '../../src/reporters/index.ts'
import { newSetting } from '../support/setting.ts'

const [root, web] = [1, 2]
const eventHandlers = 'GitHub > Organization > Event Handlers'
const now = 1_000

const setting = (path: string, value: string, more: Partial<PolicySetting> = {}): PolicySetting => {
  const place = { connectionId: 1, resourceId: more.resourceId ?? root }
  const times = { startsAt: more.startsAt ?? null, expiresAt: more.expiresAt ?? null }
  return { ...newSetting(place, path, value, times), id: place.resourceId, createdAt: 0 }
}

const standing = (settings: readonly PolicySetting[], kind: Connection['kind']) => {
  const governing = { folders: [], settings, attachments: [], packs: [] }
  const resource = { id: root, type: 'GitHub > Organization', title: 'acme', data: {} }
  return policiesOfOrganization(policiesOf({ kind }, governing, now), { resource, ancestors: [], properties: null })
}

const needed = (settings: readonly PolicySetting[] = [], kind: Connection['kind'] = 'app') =>
  permissionsOf(neededNeeds(reporters, { kind }, standing(settings, kind)))

const byDefault = {
  metadata: 'read',
  members: 'read',
  contents: 'read',
  checks: 'write',
  issues: 'write',
  organization_administration: 'read',
  organization_hooks: 'write',
  organization_user_blocking: 'read',
}

/** Whoever grants less is told of what stays unknown, and has no fault. */
const toReadAll = {
  administration: 'read',
  deployments: 'read',
  organization_custom_properties: 'read',
  pull_requests: 'read',
  organization_plan: 'read',
  vulnerability_alerts: 'read',
}

describe('what is needed', () => {
  it('of an App is part of what its manifest asks for, as long as nobody set a policy', () => {
    expect(needed()).toEqual(byDefault)
    expect(permissionsOf(defaultNeeds(reporters, 'app'))).toEqual(byDefault)
    expect(permissionsOf(manifestNeeds(reporters))).toEqual({ ...byDefault, ...toReadAll })
  })

  it('of a token are statuses in place of checks, but for the events that an App would be sent', () => {
    expect(needed([], 'token')).toMatchObject({ statuses: 'write', issues: 'write' })
    expect(needed()).not.toHaveProperty('statuses')
  })

  it('is less where a control is skipped', () => {
    const { organization_hooks: _, ...rest } = byDefault
    expect(needed([setting(eventHandlers, 'Skip')])).toEqual(rest)
  })

  it.each<[string, Partial<PolicySetting>]>([
    ['not yet in force', { startsAt: now + 1 }],
    ['over', { expiresAt: now }],
  ])('is not less for a setting that is %s', (_what, times) => {
    expect(needed([setting(eventHandlers, 'Skip', times)])).toEqual(byDefault)
  })

  it('is what any resource below asks for, though the organization skips', () => {
    const cmdb = 'GitHub > Repository > CMDB'
    const why = (settings: readonly PolicySetting[]) =>
      neededNeeds([], { kind: 'app' }, standing(settings, 'app')).map((need) => need.why)
    const reason = 'so that repositories can be read'
    expect(why([])).toContain(reason)
    expect(why([setting(cmdb, 'Skip')])).not.toContain(reason)
    const below = setting(cmdb, 'Enforce: Enabled', { resourceId: web })
    expect(why([setting(cmdb, 'Skip'), below])).toContain(reason)
  })

  it('says why for each', () => {
    for (const { permission, why } of defaultNeeds(reporters, 'app'))
      expect([permission, why]).toEqual([permission, expect.stringMatching(/^(to|so that) /)])
  })
})

it('needs the events of what is always judged by, and those of other resources where a policy judges by them, and to “Re-run” of a check run', () => {
  expect(neededEvents(new Set(['GitHub > Team']))).toEqual(expect.arrayContaining(['team', 'membership']))
  expect(neededEvents(new Set())).toEqual([
    'check_run',
    'check_suite',
    'installation',
    'installation_repositories',
    'installation_target',
    'meta',
    'org_block',
    'organization',
    'ping',
    'public',
    'push',
    'repository',
  ])
})
