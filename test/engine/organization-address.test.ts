import { describe, expect, it } from '@jest/globals'
import { organizationAt } from '../../src/engine/organization-address.ts'

describe('the address of an organization', () => {
  it.each([
    ['https://github.com/acme', 'https://api.github.com'],
    ['https://github.com/acme/', 'https://api.github.com'],
    ['http://ghe.example:8080/acme', 'http://ghe.example:8080/api/v3'],
  ])('%s is of the configured GitHub', (url, apiUrl) => {
    expect(organizationAt(url, apiUrl)).toBe('acme')
  })

  it.each([
    'https://gitlab.com/acme',
    'http://github.com/acme',
    'https://github.com',
    'https://github.com/acme/web',
    'acme',
    'https://user:pass@github.com/acme',
    'https://github.com/acme?x=1',
    'https://github.com.evil.example/acme',
    'http://127.0.0.1/acme',
    'ghp_secret',
  ])('%s is not', (url) => {
    expect(() => organizationAt(url, 'https://api.github.com')).toThrow(
      /is no organization on https:\/\/github.com: write/,
    )
  })

  it('does not repeat what may be a secret', () => {
    for (const url of ['ghp_secret', 'https://x:ghp_secret@github.com/acme', 'https://github.com/acme?t=ghp_secret'])
      expect(() => organizationAt(url, 'https://api.github.com')).toThrow(/^What you gave is no organization/)
  })
})
