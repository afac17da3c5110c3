import { describe, expect, it } from '@jest/globals'
import { appPermissionsPage, htmlUrlOf, installPage, permissionReviewPage } from '../../src/github/permission-pages.ts'

describe('GitHub’s pages', () => {
  it.each([
    ['https://api.github.com', 'https://github.com'],
    ['https://api.acme.ghe.com', 'https://acme.ghe.com'],
    ['https://github.acme.example/api/v3', 'https://github.acme.example'],
    ['https://api.acme.example/api/v3', 'https://api.acme.example'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ])('%s belongs to %s', (apiUrl, htmlUrl) => {
    expect(htmlUrlOf(apiUrl)).toBe(htmlUrl)
  })

  it.each([
    ['User', 'https://github.com/settings/apps/guardpost/permissions'],
    ['Organization', 'https://github.com/organizations/initech/settings/apps/guardpost/permissions'],
    ['Enterprise', 'https://github.com/enterprises/initech/settings/apps/guardpost/permissions'],
  ] as const)('an App of a(n) %s', (kind, url) => {
    expect(appPermissionsPage('https://github.com', 'guardpost', { login: 'initech', kind })).toBe(url)
  })

  it('the review page and the install page, here and on an Enterprise Server', () => {
    expect(permissionReviewPage('https://ghe.example', 'acme', 7)).toBe(
      'https://ghe.example/organizations/acme/settings/installations/7/permissions/update',
    )
    expect(installPage('https://github.com', 'gp')).toBe('https://github.com/apps/gp/installations/new')
    expect(installPage('https://ghe.example', 'gp')).toBe('https://ghe.example/github-apps/gp/installations/new')
  })

  it('takes no name for a part of the address', () => {
    expect(permissionReviewPage('https://github.com', 'a/../b?', 7)).toBe(
      'https://github.com/organizations/a%2F..%2Fb%3F/settings/installations/7/permissions/update',
    )
  })
})
