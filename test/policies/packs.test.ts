import { describe, expect, it } from '@jest/globals'
import { controlTypes } from '../../src/controls/index.ts'
import { policyTypes } from '../../src/policies/index.ts'
import { shippedPacks } from '../../src/policies/packs/index.ts'
import { fault } from '../../src/policies/validate.ts'
import { resourceTypes } from '../../src/resources/index.ts'

const cases = [
  ['read-base-permissions', 'GitHub > Organization > Member Privileges > Base Permissions', 'Check: Read'],
  ['no-repository-creation', 'GitHub > Organization > Member Privileges > Repository Creation', 'Check: Disabled'],
  [
    'no-forks-of-private-repositories',
    'GitHub > Organization > Member Privileges > Repository Forking',
    'Check: Deny forking of private repositories',
  ],
  ['no-pages-creation', 'GitHub > Organization > Member Privileges > Pages Creation', 'Check: Disabled'],
  ['no-deploy-keys', 'GitHub > Organization > Deploy Keys > Enabled', 'Check: Disabled'],
  ['blocked-users', 'GitHub > Organization > Blocked Users', 'Check: Block Users'],
  ['private-repositories', 'GitHub > Repository > Visibility', 'Check: Private'],
  ['default-branch-name', 'GitHub > Repository > Default Branch > Name', 'main'],
  ['delete-branch-on-merge', 'GitHub > Repository > Pull Request > Delete Branch on Merge', 'Check: Enabled'],
  [
    'merge-configuration',
    'GitHub > Repository > Pull Request > Merge Configuration > Settings',
    ['Merge Commit', 'Rebase Merge', 'Squash Merge'],
  ],
  ['discussions', 'GitHub > Repository > Discussions > Enabled', 'Check: Enabled'],
  ['projects', 'GitHub > Repository > Projects > Enabled', 'Check: Enabled'],
  ['wikis', 'GitHub > Repository > Wikis > Enabled', 'Check: Enabled'],
  ['forking', 'GitHub > Repository > Forking > Enabled', 'Check: Enabled'],
  ['dependabot-alerts', 'GitHub > Repository > Dependabot > Alerts', 'Check: Enabled'],
  ['dependabot-security-updates', 'GitHub > Repository > Dependabot > Security Updates', 'Check: Enabled'],
  ['secret-scanning', 'GitHub > Repository > Code Security > Secret Scanning', 'Check: Enabled'],
  ['push-protection', 'GitHub > Repository > Code Security > Push Protection', 'Check: Enabled'],
] as const

it('eighteen cases have a pack each, by these names', () => {
  expect(cases).toHaveLength(18)
  for (const [name, path, value] of cases) {
    const rule = shippedPacks.find((pack) => pack.name === name)?.settings.find((each) => each.path === path)
    expect([name, rule?.value]).toEqual([name, value])
  }
})

describe.each(shippedPacks.map((pack) => [pack.name, pack] as const))('the pack %s', (name, pack) => {
  it('says of each policy one thing, which is one of its values', () => {
    expect(name).toMatch(/^[a-z0-9-]+$/)
    expect(pack.settings.length).toBeGreaterThan(0)
    for (const { path, value } of pack.settings) {
      const type = policyTypes.get(path)
      expect([path, type && fault(type, value ?? '')]).toEqual([path, null])
    }
    expect(new Set(pack.settings.map(({ path }) => path)).size).toBe(pack.settings.length)
  })

  it('changes nothing on GitHub', () => {
    const enforced = pack.settings.filter(({ value }) => String(value).startsWith('Enforce: ')).map(({ path }) => path)
    for (const path of enforced)
      expect(controlTypes.find(({ policy }) => policy.path === path)?.enforce).toBeUndefined()
  })

  it('tells what it is for', () => {
    expect(pack.title).toMatch(/^[A-Z]/)
    expect(pack.description).toMatch(/^[A-Z].*\.$/)
  })
})

it('have names of their own', () => {
  expect(new Set(shippedPacks.map(({ name }) => name)).size).toBe(shippedPacks.length)
})

it('the baseline asks for nothing that GitHub tells one repository at a time', () => {
  const paths = new Set(shippedPacks.find(({ name }) => name === 'baseline')?.settings.map(({ path }) => path))
  const judged = controlTypes
    .filter(({ policy }) => paths.has(policy.path))
    .flatMap(({ related }) => Object.values<string>(related))
  expect(resourceTypes.filter(({ type, perRepository }) => perRepository && judged.includes(type))).toEqual([])
})
