import { describe, expect, it } from '@jest/globals'
import { controlStates } from '../../src/model/control-state.ts'
import { details, hashOf, headline } from '../../src/reporters/saying.ts'
import { sayingOf } from './said.ts'

const missing = {
  code: 'permission-not-granted',
  reason: 'The permission `members: read` is not granted.',
  missing: { key: 'members', needed: 'read', requested: 'read', granted: null, why: 'to hear of @members' },
  remedy: { who: 'an owner of acme', action: 'Accept `members: read`.', url: 'https://github.com/x' },
} as const
const evidence = [
  { about: 'Webhook | URL', found: '<b>', wanted: 'ours', state: 'alarm' },
  { about: 'Last seen', found: '12:00', state: 'ok', volatile: true },
  { about: 'Webhook', found: 'active', state: 'ok' },
] as const

describe('in a private repository', () => {
  it('everything is told: reason, what is missing, what to do, what was looked at, and where more is', () => {
    const page = 'https://guardpost.example/controls/7'
    const saying = sayingOf('error', 'It is *not* so.', { verdict: { diagnoses: [missing], evidence }, page })
    expect(headline(saying)).toBe('Error: It is *not* so.')
    expect(details(saying)).toBe(`**Error**: It is &#42;not&#42; so.

### The permission \`members: read\` is not granted.

It is needed to hear of @&#8203;members.

\`members\`: needed: \`read\`, requested: \`read\`, granted: nothing.

**What to do** (an owner of acme): Accept \`members: read\`. [Open the page](https://github.com/x).

| Looked at | Found | Wanted | |
|---|---|---|---|
| Webhook &#124; URL | &lt;b&gt; | ours | Alarm |
| Webhook | active |  | OK |

[See the control](https://guardpost.example/controls/7)`)
  })

  it('an Alarm comes with advice, and no other state does', () => {
    for (const state of controlStates)
      expect(details(sayingOf(state, 'So.')).includes('Open the page.')).toBe(state === 'alarm')
  })

  it('what is not known of a permission is said to be so, and an event has no level', () => {
    const { requested: _, granted: __, ...unknown } = missing.missing
    const ofToken = { ...missing, missing: unknown }
    expect(details(sayingOf('error', 'So.', { verdict: { diagnoses: [ofToken] } }))).toContain(
      '`members`: needed: `read`, requested: not known, granted: not known.',
    )
    const ofEvent = { code: 'event-not-granted', reason: 'No.', missing: { key: 'push', needed: null } } as const
    expect(details(sayingOf('error', 'So.', { verdict: { diagnoses: [ofEvent] } }))).toBe('**Error**: So.\n\n### No.')
  })

  it('a key that would break out of its code span does not', () => {
    const hostile = { ...missing, missing: { ...missing.missing, key: 'a` @octocat `' } }
    expect(details(sayingOf('error', 'So.', { verdict: { diagnoses: [hostile] } }))).not.toMatch(/@octocat/)
  })

  it('without an address of ours no link is made', () => {
    expect(details(sayingOf('ok', 'Configured'))).toBe('**OK**: Configured')
  })

  it('what is too long is cut', () => {
    const much = Array.from({ length: 5_000 }, () => evidence[2])
    const text = details(sayingOf('ok', 'Configured', { verdict: { evidence: much } }))
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_535)
    expect(text.endsWith('| Webhook | active |  | OK |\n\n…and more than fits here.')).toBe(true)
  })
})

describe('in a public repository', () => {
  const open = { mayTellDetails: false }
  it('a state and a link are told, and nothing else', () => {
    const page = 'https://guardpost.example/controls/7'
    for (const state of controlStates) {
      const saying = sayingOf(state, 'secret', { place: open, verdict: { diagnoses: [missing], evidence }, page })
      expect(`${headline(saying)} ${details(saying)}`).not.toMatch(/secret|members|Webhook|URL/)
    }
    const saying = sayingOf('tbd', 'secret', { place: open, page })
    expect(headline(saying)).toBe('TBD')
    expect(details(saying)).toBe(
      '**TBD**. This repository is public, so no more is told here. [See the control](https://guardpost.example/controls/7)',
    )
  })

  it('without an address of ours, whom to ask is', () => {
    expect(details(sayingOf('alarm', 'secret', { place: open }))).toBe(
      '**Alarm**. This repository is public, so no more is told here. Whoever runs Guardpost can see why.',
    )
  })
})

it('tells two reports apart by all they hold', () => {
  expect(hashOf({ title: 'a', body: 'b' })).toBe(hashOf({ title: 'a', body: 'b' }))
  expect(hashOf({ title: 'a', body: 'b' })).not.toBe(hashOf({ title: 'a', body: 'c' }))
})
