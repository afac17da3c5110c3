import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { acceptedPermissions, lacking } from '../../src/github/accepted-permissions.ts'

describe('X-Accepted-GitHub-Permissions', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['contents=read', [{ contents: 'read' }]],
    ['pull_requests=write,contents=read', [{ pull_requests: 'write', contents: 'read' }]],
    [
      'repository_projects=write; organization_projects=admin',
      [{ repository_projects: 'write' }, { organization_projects: 'admin' }],
    ],
    ['issues=read, issues=write', [{ issues: 'write' }]],
    ['allows_permissionless_access=true', []],
    ['contents=read;allows_permissionless_access=true', [{ contents: 'read' }]],
    ['contents=own;=read;contents', []],
  ])('%s', (header, sets) => {
    expect(acceptedPermissions(header)).toEqual(sets)
  })

  const key = fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/)
  const level = fc.constantFrom('read', 'write', 'admin')
  const set = fc.uniqueArray(fc.tuple(key, level), { selector: ([name]) => name, minLength: 1, maxLength: 4 })
  const space = fc.constantFrom('', ' ', '  ')

  it('gives back whatever sets were written, however spaced', () => {
    fc.assert(
      fc.property(fc.array(set, { maxLength: 4 }), space, (sets, gap) => {
        const header = sets.map((terms) => terms.map((term) => term.join('=')).join(`,${gap}`)).join(`${gap};${gap}`)
        expect(acceptedPermissions(header)).toEqual(sets.map((terms) => Object.fromEntries(terms)))
      }),
    )
  })

  it('takes any text without a fault, and names no empty set', () => {
    fc.assert(
      fc.property(fc.string(), (text) => acceptedPermissions(text).every((each) => Object.keys(each).length > 0)),
    )
  })
})

describe('what is lacking', () => {
  it.each([
    [[], {}, null],
    [[{ issues: 'write' }], { issues: 'read' }, { issues: 'write' }],
    [[{ issues: 'read' }], { issues: 'admin' }, {}],
    [[{ issues: 'write', contents: 'read' }, { checks: 'write' }], {}, { checks: 'write' }],
    [[{ issues: 'write' }, { checks: 'write' }], {}, { issues: 'write' }],
  ] as const)('%j of %j', (alternatives, granted, lacks) => {
    expect(lacking(alternatives, granted)).toEqual(lacks)
  })
})
