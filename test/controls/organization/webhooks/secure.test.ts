import { organizationWebhooksSecure } from '../../../../src/controls/organization/webhooks/secure.ts'
import { judges } from '../../judges.ts'
import { resourceOf } from '../../resource.ts'
import { organizationSaying } from '../../saying.ts'

const hook = (change: object) => ({
  githubId: 7,
  ourId: null,
  pointsToUs: false,
  url: 'https://ci.example',
  active: true,
  contentType: 'json',
  verifiesSsl: true,
  hasSecret: true,
  events: ['push'],
  updatedAt: '2026-01-15T12:00:00Z',
  ...change,
})
const hooks = (...hooks: object[]) => ({
  related: { connection: resourceOf('GitHub > Connection', { hooks }) },
})
const verify = (hook_id: number) => ({
  'PATCH /orgs/{org}/hooks/{hook_id}/config': { org: 'acme', hook_id, insecure_ssl: '0' },
})

judges(organizationWebhooksSecure, organizationSaying, [
  ['Secure', {}, 'ok: There is no webhook.', null, hooks()],
  ['Secure', {}, 'ok: Every webhook is secure.', null, hooks(hook({}))],
  [
    'Secure',
    {},
    'alarm: Not secure: webhook 7 to https://ci.example: SSL verification is off.',
    verify(7),
    hooks(hook({ verifiesSsl: false }), hook({ githubId: 8 })),
  ],
  // What only its receiver can mend too is left to people.
  [
    'Secure',
    {},
    'alarm: Not secure: webhook 7 to https://ci.example: it has no secret.',
    null,
    hooks(hook({ hasSecret: false })),
  ],
  [
    'Secure',
    {},
    'alarm: Not secure: webhook 7 to http://ci.example: its address is not HTTPS, SSL verification is off, it has no secret.',
    null,
    hooks(hook({ url: 'http://ci.example', verifiesSsl: false, hasSecret: false })),
  ],
  [
    'Secure',
    {},
    'alarm: Not secure: webhook 7 to nowhere: its address is not HTTPS.',
    null,
    hooks(hook({ url: null })),
  ],
  [
    'Secure',
    {},
    'tbd: Webhooks of the organization: not known. GitHub shows it only to those who hold `organization_hooks: read`.',
    null,
    { related: { connection: resourceOf('GitHub > Connection', {}) } },
  ],
])
