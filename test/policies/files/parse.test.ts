import { describe, expect, it } from '@jest/globals'
import { type FileFault, placeInWords } from '../../../src/model/policy-file.ts'
import { FaultyFiles, parsePolicyFiles } from '../../../src/policies/files/parse.ts'
import { known } from './known.ts'

const parse = (...texts: string[]) =>
  parsePolicyFiles(
    texts.map((text, index) => ({ path: index === 0 ? 'guardpost.yml' : `guardpost/${index}.yml`, text })),
    known,
  )

function faults(...texts: string[]): readonly FileFault[] {
  try {
    parse(...texts)
    return []
  } catch (error) {
    if (error instanceof FaultyFiles) return error.faults
    throw error
  }
}

const said = (...texts: string[]) => faults(...texts).map((fault) => `${placeInWords(fault)} ${fault.message}`)

describe('policy files', () => {
  it('say settings, packs and what is attached', () => {
    const files = parse(
      [
        '# one organization’s settings',
        'settings:',
        '  - policy: GitHub > Repository > Visibility',
        "    value: 'Check: Private'",
        '  - policy: GitHub > Repository > Topics',
        '    value: [a, b]',
        '    precedence: recommended',
        '    note: why',
        '    starts: 2026-01-01T00:00:00Z',
        '    expires: 2026-12-31T00:00:00+01:00',
        '    on:',
        "      selector: { name: 'svc-*', property: { tier: gold }, visibility: [private], archived: false }",
        '  - policy: GitHub > Repository > Days',
        '    value: 0090',
        '    on: { repository: web }',
      ].join('\n'),
      [
        'packs:',
        '  quiet:',
        '    title: No noise',
        '    settings:',
        '      - policy: GitHub > Repository > Wikis',
        "        expression: resource.isFork ? 'Skip' -- fork",
        'attach:',
        '  - pack: quiet',
        '  - pack: baseline',
        '    on: { repository: web }',
      ].join('\n'),
      '# nothing yet',
    )
    expect(files.settings.map(({ places: _, ...rest }) => rest)).toEqual([
      {
        policy: 'GitHub > Repository > Visibility',
        value: 'Check: Private',
        expression: null,
        precedence: 'required',
        note: null,
        startsAt: null,
        expiresAt: null,
        on: null,
      },
      {
        policy: 'GitHub > Repository > Topics',
        value: ['a', 'b'],
        expression: null,
        precedence: 'recommended',
        note: 'why',
        startsAt: Date.UTC(2026, 0, 1),
        expiresAt: Date.UTC(2026, 11, 30, 23),
        on: {
          selector: { name: 'svc-*', property: { tier: 'gold' }, visibility: ['private'], archived: false },
        },
      },
      expect.objectContaining({ value: '0090', on: { repository: 'web' } }),
    ])
    expect(files.settings[1]?.places.policy).toEqual({ file: 'guardpost.yml', line: 5, column: 13 })
    expect(files.packs).toEqual([
      expect.objectContaining({
        name: 'quiet',
        title: 'No noise',
        settings: [expect.objectContaining({ value: null, expression: "resource.isFork ? 'Skip' -- fork" })],
        place: { file: 'guardpost/1.yml', line: 2, column: 3 },
      }),
    ])
    expect(files.attachments.map(({ pack, on }) => [pack, on])).toEqual([
      ['quiet', null],
      ['baseline', { repository: 'web' }],
    ])
  })

  it('may be none, and may be empty', () => {
    const nothing = { settings: [], packs: [], attachments: [] }
    expect(parse()).toEqual(nothing)
    expect(parse('', '---\n', '{}')).toEqual(nothing)
  })
})

const setting = (...lines: string[]) =>
  ['settings:', '  - policy: GitHub > Repository > Visibility', ...lines.map((line) => `    ${line}`)].join('\n')

describe('a fault is told with file, line, column and what would be right', () => {
  it.each<[string, string, string]>([
    ['text that is not YAML', 'settings: [', '1:12 This is not YAML: Flow sequence in block collection'],
    [
      'a value without quotes',
      setting('value: Check: Private'),
      "3:12 A value with a colon in it needs quotes: 'Check: Private'.",
    ],
    ['a tab', 'settings:\n\t- policy: x', '2:1 YAML is indented by spaces'],
    ['two documents', '---\n{}\n---\n{}', '3:1 A file holds one document'],
    ['something else than a policy file', '- a', '1:1 It takes keys with values'],
    [
      'an unknown key',
      'setings: []',
      '1:1 There is no key `setings` here. Did you mean `settings`? It takes: settings, packs, attach.',
    ],
    [
      'an unknown key of a setting',
      setting("value: 'Skip'", 'valeu: x'),
      '4:5 There is no key `valeu` here. Did you mean `value`?',
    ],
    [
      'an unknown key of a selector',
      setting("value: 'Skip'", 'on: { selector: { topics: a } }'),
      '4:23 There is no key `topics` here. Did you mean `topic`?',
    ],
    ['a key that is there twice', setting("value: 'Skip'", "value: 'Skip'"), '4:5 `value` is here already.'],
    ['a key that is a list', '? [a]\n: b', '1:3 A key is one word of text.'],
    ['a policy that is missing', 'settings:\n  - value: Skip', '2:5 `policy` is missing here.'],
    [
      'an unknown policy',
      "settings:\n  - policy: GitHub > Repository > Visibilty\n    value: 'Skip'",
      '2:13 There is no policy `GitHub > Repository > Visibilty`. Did you mean `GitHub > Repository > Visibility`?',
    ],
    [
      'a policy that files cannot set',
      'settings:\n  - policy: GitHub > Organization > Change Cap\n    value: 5',
      '2:13 `GitHub > Organization > Change Cap` is not for policy files',
    ],
    [
      'an unknown value',
      setting("value: 'Check: Privat'"),
      '3:12 “Check: Privat” is no value of `GitHub > Repository > Visibility`. Did you mean “Check: Private”?',
    ],
    [
      'a list where one value is taken',
      setting('value: [Skip]'),
      '3:12 `GitHub > Repository > Visibility` takes one value.',
    ],
    ['a value that is no text', setting('value: true'), '3:12 It takes text, or a list of texts'],
    ['no value', setting('note: why'), '2:5 It takes one of: value, expression.'],
    [
      'a value and an expression',
      setting('value: Skip', 'expression: fork'),
      '2:5 It takes one of: value, expression.',
    ],
    ['a wrong expression', setting('expression: nothing'), '3:17 It names no field.'],
    ['an unknown precedence', setting('value: Skip', 'precedence: must'), '4:17 It takes: required, recommended.'],
    ['a time without a zone', setting('value: Skip', 'starts: 2026-01-01'), '4:13 It takes a time with its zone'],
    [
      'an end before the beginning',
      setting('value: Skip', 'starts: 2026-01-02T00:00:00Z', 'expires: 2026-01-01T00:00:00Z'),
      '5:14 It ends before it begins.',
    ],
    ['an empty target', setting('value: Skip', 'on: {}'), '4:9 It takes one of: repository, selector.'],
    [
      'two targets',
      setting('value: Skip', 'on: { repository: web, selector: { fork: true } }'),
      '4:9 It takes one of: repository, selector.',
    ],
    ['an empty selector', setting('value: Skip', 'on: { selector: {} }'), '4:21 It says nothing'],
    [
      'a flag that is text',
      setting('value: Skip', "on: { selector: { fork: 'yes' } }"),
      '4:29 It takes true or false.',
    ],
    [
      'an unknown visibility',
      setting('value: Skip', 'on: { selector: { visibility: [secret] } }'),
      '4:36 It takes: public, private, internal.',
    ],
    [
      'the repository of the files',
      setting('value: Skip', 'on: { repository: .GitHub-Private }'),
      '4:9 Policy files say nothing of the repository that they are in',
    ],
    ['an unknown pack', 'attach:\n  - pack: base', '2:11 There is no pack `base`. Did you mean `baseline`?'],
    ['a pack of Guardpost’s', 'packs:\n  baseline: { settings: [] }', '2:3 Guardpost ships a pack `baseline`'],
    [
      'a name that a pack cannot have',
      'packs:\n  My Pack: { settings: [] }',
      '2:3 A pack is named by lower-case letters',
    ],
    ['a tag', setting('value: !!js/function "x"'), '3:12 Tags (`!…`) are not taken'],
    [
      'an alias',
      setting('value: &a Skip', 'note: *a'),
      '3:12 Anchors (`&…`) and aliases (`*…`) are not taken: put what repeats into a pack.',
    ],
    ['YAML 1.1', setting('value: yes'), '3:12 “yes” is no value of'],
    ['a merge key', 'settings:\n  - <<: { policy: x }\n    value: Skip', '2:5 '],
    ['a name of JavaScript’s', '__proto__: { a: b }', '1:1 There is no key `__proto__` here.'],
  ])('%s', (_what, text, expected) => {
    expect(said(text)[0]).toContain(`guardpost.yml:${expected}`)
  })

  it('in every file, in their order', () => {
    expect(said('setings: []', setting('value: Privat'), 'attach: {}').map((fault) => fault.split(' ')[0])).toEqual([
      'guardpost.yml:1:1',
      'guardpost/1.yml:3:12',
      'guardpost/2.yml:1:9',
    ])
  })

  it.each([
    [
      'a setting',
      setting("value: 'Skip'"),
      'guardpost/1.yml:2:13 `GitHub > Repository > Visibility` is set at guardpost.yml:2:13 already, for the same.',
    ],
    [
      'a pack',
      'packs:\n  a: { settings: [] }',
      'guardpost/1.yml:2:3 A pack `a` is there at guardpost.yml:2:3 already, for the same.',
    ],
    [
      'an attachment',
      'attach:\n  - pack: baseline\n    on: { selector: { fork: true, topic: a } }',
      'guardpost/1.yml:2:11 `baseline` is attached at guardpost.yml:2:11 already, for the same.',
    ],
  ])('where %s is said twice', (_what, text, expected) => {
    expect(said(text, text)).toEqual([expected])
    expect(said(text)).toEqual([])
  })
})
