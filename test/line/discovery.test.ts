import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { discoverJob } from '../../src/engine/jobs.ts'
import { type Guarded, guarded } from '../support/guarded.ts'

let town: Guarded
beforeEach(async () => {
  town = await guarded({ flavour: 'ghes' })
})
afterEach(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
})

/** Everything live of a type, by title. */
async function recorded(type: string) {
  const { store } = town.guardpost.means
  const [connection] = await store.connections.list()
  const found = await store.resources.list(connection?.id ?? 0, { type, gone: false })
  return Object.fromEntries(found.map(({ title, data }) => [title, data]))
}

async function populate() {
  const { org } = town
  const web = org.createRepository({ name: 'web' })
  const parent = org.createTeam({ name: 'Everybody' })
  org.createTeam({ name: 'Web', privacy: 'secret', parent, description: 'They make it.' }).addMember('mona')
  org.addMember('mona')
  web.addCollaborator('guest')
  web.addCollaborator('mona')
  org.createHook({ url: 'https://user:pass@else.example/hook?token=x', secret: 'x', events: ['push'] })
  org.createRuleset({ name: 'no deletions' })
  web.createRuleset({ name: 'linear', rules: ['required_linear_history'], bypassedByOwners: true })
  web.protectBranch('main', { requiresApprovingReviews: true, requiredApprovingReviewCount: 2 })
  web.addDeployKey({ title: 'deployer' })
  org.setActions({ allowedActions: 'selected', patternsAllowed: ['acme/*'] })
  org.defineProperty({ name: 'tier', defaultValue: 'low' })
  web.setProperties({ tier: 'high' })
  return web
}

it('discovers all there is, with what each says', async () => {
  await populate()
  town.install()
  await town.settle()
  expect(await recorded('GitHub > Team')).toMatchObject({
    'team everybody': { name: 'Everybody', privacy: 'visible', parentTeam: null, membersTotalCount: 0 },
    'team web': { privacy: 'secret', parentTeam: 'everybody', description: 'They make it.', membersTotalCount: 1 },
  })
  const members = await recorded('GitHub > Member')
  expect(members).toMatchObject({ 'member acme-owner': { role: 'admin' }, 'member mona': { role: 'member' } })
  expect(members['member mona']).not.toHaveProperty('hasTwoFactorEnabled')
  expect(Object.keys(await recorded('GitHub > Outside Collaborator'))).toEqual(['outside collaborator guest'])
  expect(Object.values(await recorded('GitHub > Organization Webhook'))).toMatchObject([
    { active: true, events: ['push'], url: 'https://else.example/hook', verifiesSsl: true },
  ])
  const rulesets = await recorded('GitHub > Repository Ruleset')
  expect(rulesets).toMatchObject({
    'ruleset linear': { target: 'branch', enforcement: 'active', rules: [{ type: 'required_linear_history' }] },
  })
  expect(rulesets['ruleset linear']).not.toHaveProperty('bypassActors')
  expect(await recorded('GitHub > Branch Protection Rule')).toMatchObject({
    'branch protection of main': { requiresApprovingReviews: true, requiredApprovingReviewCount: 2 },
  })
  expect(await recorded('GitHub > Deploy Key')).toMatchObject({ 'deploy key deployer': { readOnly: true } })
  expect(await recorded('GitHub > App Installation')).toMatchObject({ 'App guardpost': { repositorySelection: 'all' } })
  expect(await recorded('GitHub > Actions Policy')).toMatchObject({
    'Actions policy': { allowedActions: 'selected', patternsAllowed: ['acme/*'], defaultWorkflowPermissions: 'read' },
  })
  expect(await recorded('GitHub > Custom Property')).toMatchObject({ 'custom property tier': { defaultValue: 'low' } })
  expect(await recorded('GitHub > Custom Property Values')).toMatchObject({
    'custom properties of acme/.github-private': { properties: { tier: 'low' } },
    'custom properties of acme/web': { properties: { tier: 'high' } },
  })
  // Only who may write them sees them, which the manifest does not ask for.
  expect(await recorded('GitHub > Organization Ruleset')).toEqual({})
  expect(await passOf('GitHub > Organization Ruleset')).toMatchObject({
    refusal: { missing: { key: 'organization_administration', needed: 'write' } },
    completedAt: null,
  })
})

async function passOf(type: string) {
  const { store } = town.guardpost.means
  const [connection] = await store.connections.list()
  return (await store.discoveries.list(connection?.id ?? 0)).find((pass) => pass.type === type)
}

it('follows what happens by events, and what is gone is gone', async () => {
  town.install()
  await town.settle()
  const web = await populate()
  await town.settle()
  const count = async (type: string) => Object.keys(await recorded(type)).length
  const followed = {
    'GitHub > Team': 2,
    'GitHub > Member': 2,
    'GitHub > Outside Collaborator': 1,
    'GitHub > Repository Ruleset': 1,
    'GitHub > Branch Protection Rule': 1,
    'GitHub > Deploy Key': 1,
    'GitHub > Custom Property': 1,
    'GitHub > Custom Property Values': 2,
  }
  for (const [type, wanted] of Object.entries(followed)) expect([type, await count(type)]).toEqual([type, wanted])

  for (const team of town.org.teams.values()) if (team.slug === 'web') team.delete()
  town.org.removeMember('mona')
  web.removeCollaborator('guest')
  for (const rule of web.branchProtectionRules.values()) rule.edit({ allowsDeletions: true })
  for (const ruleset of web.rulesets.values()) ruleset.delete()
  await town.settle()
  expect(Object.keys(await recorded('GitHub > Team'))).toEqual(['team everybody'])
  expect(Object.keys(await recorded('GitHub > Member'))).toEqual(['member acme-owner'])
  // Who is no member any longer, and still has a repository, is an outside collaborator.
  expect(Object.keys(await recorded('GitHub > Outside Collaborator'))).toEqual(['outside collaborator mona'])
  expect(await recorded('GitHub > Repository Ruleset')).toEqual({})
  expect(await recorded('GitHub > Branch Protection Rule')).toMatchObject({
    'branch protection of main': { allowsDeletions: true },
  })

  web.delete()
  town.org.removeProperty('tier')
  await town.settle()
  for (const type of ['Branch Protection Rule', 'Deploy Key', 'Custom Property'])
    expect([type, await count(`GitHub > ${type}`)]).toEqual([type, 0])
  expect(Object.keys(await recorded('GitHub > Custom Property Values'))).toEqual([
    'custom properties of acme/.github-private',
  ])
})

it('an installation that granted less has no fault: what it does not grant is not known, and is said', async () => {
  await populate()
  const { administration: _, deployments: __, organization_custom_properties: ___, ...granted } = town.app.permissions
  const installation = town.install({
    permissions: granted,
    events: ['org_block', 'organization', 'public', 'push', 'repository'],
  })
  await town.settle()
  expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })
  expect(await recorded('GitHub > Branch Protection Rule')).toEqual({})
  expect(await passOf('GitHub > Branch Protection Rule')).toMatchObject({
    refusal: { code: 'permission-not-granted', missing: { key: 'administration', needed: 'read', granted: null } },
  })
  expect(Object.keys(await recorded('GitHub > Team'))).toEqual(['team everybody', 'team web'])
  expect(await recorded('GitHub > Custom Property Values')).toEqual({})
  expect(await passOf('GitHub > Custom Property Values')).toMatchObject({
    refusal: { missing: { key: 'organization_custom_properties' } },
  })

  // Custom properties come with what takes `administration`, and without it by themselves.
  installation.grant({ organization_custom_properties: 'read' })
  await town.settle()
  expect(await recorded('GitHub > Repository Security')).toEqual({})
  expect(await recorded('GitHub > Custom Property Values')).toMatchObject({
    'custom properties of acme/web': { properties: { tier: 'high' } },
  })
})

it('what changed while nothing was heard is found by the next pass, and what is gone is gone', async () => {
  const web = await populate()
  town.install()
  await town.settle()
  town.sim.holdDeliveries()
  for (const team of town.org.teams.values()) if (team.slug === 'web') team.delete()
  town.org.removeMember('mona')
  town.org.setRole('acme-owner', 'admin')
  for (const hook of town.org.hooks.splice(0)) expect(hook.active).toBe(true)
  for (const rule of web.branchProtectionRules.values()) rule.delete()
  for (const key of web.deployKeys.values()) key.delete()
  web.addDeployKey({ title: 'another' })
  const { store, clock } = town.guardpost.means
  await store.jobs.enqueue([discoverJob(1, 'a test', clock())])
  await town.settle()
  expect(Object.keys(await recorded('GitHub > Team'))).toEqual(['team everybody'])
  expect(Object.keys(await recorded('GitHub > Member'))).toEqual(['member acme-owner'])
  expect(await recorded('GitHub > Organization Webhook')).toEqual({})
  expect(await recorded('GitHub > Branch Protection Rule')).toEqual({})
  expect(Object.keys(await recorded('GitHub > Deploy Key'))).toEqual(['deploy key another'])
  const { store: after } = town.guardpost.means
  const [team] = await after.resources.list(1, { type: 'GitHub > Team', gone: true })
  expect(team).toMatchObject({ title: 'team web', goneReason: 'GitHub no longer shows the team' })
})
