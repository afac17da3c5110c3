import { readFileSync } from 'node:fs'
import { expect, it } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { parse } from 'yaml'
import { knownToFiles } from '../../src/engine/policy-files/known.ts'
import { parsePolicyFiles } from '../../src/policies/files/parse.ts'
import { blocksOf } from './documents.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

it('the example of docs/policy-files.md is one that Guardpost follows, and that editors take', () => {
  const examples = blocksOf(read('docs/policy-files.md')).filter(({ language }) => language === 'yaml')
  expect(examples).toHaveLength(1)
  const text = examples[0]?.text ?? ''
  const { settings, packs, attachments } = parsePolicyFiles(
    [{ path: 'guardpost.yml', text }],
    knownToFiles('.github-private'),
  )
  expect([settings.length, packs.length, attachments.length]).toEqual([3, 1, 2])
  const ajv = new Ajv2020({ strict: false })
  formats.default(ajv)
  const validate = ajv.compile(JSON.parse(read('docs/reference/policy-file.schema.json')))
  expect({ valid: validate(parse(text)), errors: validate.errors }).toEqual({ valid: true, errors: null })
})
