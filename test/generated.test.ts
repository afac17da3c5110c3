import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { generated } from '../scripts/generated-files.ts'
import { environment } from '../src/config.ts'

const root = new URL('../', import.meta.url)

it.each([...generated])('%s is what the code says: else run `npm run generate`', (file, text) => {
  const there = new URL(file, root)
  expect(existsSync(there)).toBe(true)
  expect(readFileSync(there, 'utf8')).toBe(text)
})

/**
 * What each event asks of an App, and what GitHub refuses in a manifest because it is sent anyway.
 * Source: https://docs.github.com/webhooks/webhook-events-and-payloads
 */
const needed: Readonly<Record<string, string>> = {
  repository: 'metadata',
  public: 'metadata',
  organization: 'members',
  org_block: 'organization_administration',
  push: 'contents',
  pull_request: 'pull_requests',
  member: 'members',
  membership: 'members',
  team: 'members',
  branch_protection_rule: 'administration',
  repository_ruleset: 'administration',
  security_and_analysis: 'administration',
  deploy_key: 'deployments',
  custom_property: 'organization_custom_properties',
  custom_property_values: 'organization_custom_properties',
}
const refused = /^(installation.*|github_app_authorization|ping|meta|check_.*)$/

it('.env.example has every variable that is read, and no other', () => {
  const example = readFileSync(new URL('.env.example', root), 'utf8')
  const named = [...example.matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name)
  expect(named.toSorted()).toEqual(Object.keys(environment.shape).toSorted())
  for (const { description } of Object.values(environment.shape)) expect(description).toMatch(/\w.*\.$/)
})

describe('app.yml', () => {
  const manifest = parse(readFileSync(new URL('app.yml', root), 'utf8'))

  it('names events that GitHub takes in a manifest, each with its permission', () => {
    expect(manifest.default_events.length).toBeGreaterThan(0)
    for (const event of manifest.default_events) {
      expect(event).not.toMatch(refused)
      expect(Object.keys(manifest.default_permissions)).toContain(needed[event] ?? `the permission of ${event}`)
    }
  })

  it('asks to write only where a report or the webhook of the guide is made', () => {
    const written = Object.entries(manifest.default_permissions).filter(([, level]) => level !== 'read')
    expect(written).toEqual([
      ['checks', 'write'],
      ['issues', 'write'],
      ['organization_hooks', 'write'],
    ])
  })

  it('is what GitHub reads as a manifest', () => {
    expect(Object.keys(manifest).toSorted()).toEqual([
      'default_events',
      'default_permissions',
      'hook_attributes',
      'name',
      'public',
      'url',
    ])
    expect(new URL(manifest.hook_attributes.url).pathname).toBe('/api/github/webhooks')
    for (const level of Object.values(manifest.default_permissions)) expect(level).toMatch(/^(read|write|admin)$/)
  })
})
