import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { appManifest } from '../../src/engine/manifest.ts'
import { reporters } from '../../src/reporters/index.ts'

const manifest = appManifest(reporters, {
  name: 'Guardpost',
  url: 'https://guardpost.example',
  hookUrl: 'https://guardpost.example/api/github/webhooks',
})

it('asks for what is declared, and nothing else', () => {
  expect(manifest).toEqual({
    name: 'Guardpost',
    url: 'https://guardpost.example',
    hook_attributes: { url: 'https://guardpost.example/api/github/webhooks', active: true },
    public: false,
    default_permissions: {
      administration: 'read',
      checks: 'write',
      contents: 'read',
      deployments: 'read',
      issues: 'write',
      members: 'read',
      metadata: 'read',
      organization_administration: 'read',
      organization_custom_properties: 'read',
      organization_hooks: 'write',
      organization_plan: 'read',
      organization_user_blocking: 'read',
      pull_requests: 'read',
      vulnerability_alerts: 'read',
    },
    default_events: [
      'branch_protection_rule',
      'custom_property',
      'custom_property_values',
      'deploy_key',
      'member',
      'membership',
      'org_block',
      'organization',
      'public',
      'pull_request',
      'push',
      'repository',
      'repository_ruleset',
      'security_and_analysis',
      'team',
    ],
  })
})

it('asks for no permission to report where nothing reports', () => {
  const { default_permissions } = appManifest([], { name: '', url: '', hookUrl: '' })
  expect(default_permissions).not.toHaveProperty('issues')
})

it('is what app.yml holds', () => {
  const file = parse(readFileSync(join(import.meta.dirname, '../../app.yml'), 'utf8'))
  expect(file.default_permissions).toEqual(manifest.default_permissions)
  expect(file.default_events).toEqual(manifest.default_events)
})
