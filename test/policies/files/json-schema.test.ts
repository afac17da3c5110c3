import { describe, expect, it } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { parse } from 'yaml'
import { policyFileSchema } from '../../../src/policies/files/json-schema.ts'
import { FaultyFiles, parsePolicyFiles } from '../../../src/policies/files/parse.ts'
import { known } from './known.ts'

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false })
formats.default(ajv)
const validate = ajv.compile(policyFileSchema(known.types.values()))

const visibility = 'policy: GitHub > Repository > Visibility'

/** What editors are told is right is right, and what they are told is wrong is wrong. */
describe('the JSON Schema says of a file what Guardpost says', () => {
  it.each<[string, boolean]>([
    ['{}', true],
    [`settings: [{ ${visibility}, value: 'Check: Private' }]`, true],
    [`settings: [{ ${visibility}, expression: fork }]`, true],
    [
      `settings: [{ ${visibility}, value: 'Skip', on: { repository: web }, starts: 2026-01-01T00:00:00Z, note: why }]`,
      true,
    ],
    [`settings: [{ ${visibility}, value: 'Skip', on: { selector: { topic: a, property: { tier: gold } } } }]`, true],
    ['settings: [{ policy: GitHub > Repository > Topics, value: [a] }]', true],
    ['settings: [{ policy: GitHub > Repository > Days, value: 30 }]', true],
    ["packs: { quiet: { settings: [{ policy: GitHub > Repository > Wikis, value: 'Check: Disabled' }] } }", true],
    ['attach: [{ pack: baseline, on: { selector: { fork: false } } }]', true],
    ['setings: []', false],
    [`settings: [{ ${visibility}, value: 'Check: Privat' }]`, false],
    [`settings: [{ ${visibility}, value: [Skip] }]`, false],
    [`settings: [{ ${visibility} }]`, false],
    [`settings: [{ ${visibility}, value: Skip, expression: fork }]`, false],
    [`settings: [{ ${visibility}, value: Skip, precedence: must }]`, false],
    [`settings: [{ ${visibility}, value: Skip, starts: 2026-01-01 }]`, false],
    ['settings: [{ policy: GitHub > Repository > Nothing, value: Skip }]', false],
    ['settings: [{ policy: GitHub > Organization > Change Cap, value: 5 }]', false],
    ['settings: [{ policy: GitHub > Repository > Topics, value: [] }]', false],
    ["packs: { 'My Pack': { settings: [] } }", false],
    ['attach: [{ on: { repository: web } }]', false],
  ])('%s: %s', (text, isRight) => {
    expect(validate(parse(text))).toBe(isRight)
    expect(isTaken(text)).toBe(isRight)
  })
})

function isTaken(text: string): boolean {
  try {
    parsePolicyFiles([{ path: 'guardpost.yml', text }], known)
    return true
  } catch (error) {
    if (error instanceof FaultyFiles) return false
    throw error
  }
}
