import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseFilter } from '../../src/model/filter.ts'

const terms = {
  state: ['ok', 'alarm'],
  type: ['GitHub > Repository > CMDB'],
  under: 'id',
  muted: 'flag',
  actor: 'text',
} as const
const term = (name: string, ...values: string[]) => ({ name, values, isNot: false })
const word = (text: string, isNot = false) => ({ text, isNot })

describe('a filter', () => {
  it.each([
    ['', { words: [], terms: [] }],
    ['web', { words: [word('web')], terms: [] }],
    ['web  -api', { words: [word('web'), word('api', true)], terms: [] }],
    ['"two words" -"and: more"', { words: [word('two words'), word('and: more', true)], terms: [] }],
    ['state:Alarm', { words: [], terms: [term('state', 'alarm')] }],
    ['STATE:ok,alarm', { words: [], terms: [term('state', 'ok', 'alarm')] }],
    ['state:ok state:alarm state:ok', { words: [], terms: [term('state', 'ok', 'alarm')] }],
    ['-state:ok state:alarm', { words: [], terms: [{ ...term('state', 'ok'), isNot: true }, term('state', 'alarm')] }],
    [
      'type:"github > repository > cmdb" x',
      { words: [word('x')], terms: [term('type', 'GitHub > Repository > CMDB')] },
    ],
    ['actor:"a, \\"b\\"",c', { words: [], terms: [term('actor', 'a, "b"', 'c')] }],
    ['under:5 muted:TRUE', { words: [], terms: [term('under', '5'), term('muted', 'true')] }],
    ['1:30 ->', { words: [word('1:30'), word('>', true)], terms: [] }],
  ])('%s', (text, filter) => {
    expect(parseFilter(text, terms)).toEqual({ filter })
  })

  it.each([
    ['stat:ok', 'There is no term `stat:` here. Did you mean `state:`?'],
    ['constructor:x', 'There is no term `constructor:` here.'],
    ['state:allarm', '`state:` knows no “allarm”. Did you mean “alarm”? Known: ok, alarm.'],
    ['under:acme', '`under:` takes the number of one, e.g. `under:5`.'],
    ['under:99999999999999999', '`under:` takes the number of one'],
    ['muted:yes', '`muted:` knows no “yes”.'],
    ['state:', '`state:` needs a value right after the colon.'],
    ['state:ok,', '`state:` needs a value right after the colon.'],
    ['a b c d e f g h i j k', 'No more than 10 words'],
  ])('%s says what would be right', (text, fault) => {
    expect(parseFilter(text, terms)).toEqual({ fault: expect.stringContaining(fault) })
  })

  it('never throws, and finds any text that is quoted', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('state:', '"', '\\', '-', ',', ':', 'type:"', ' ', '-state:ok'))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const parsed = parseFilter(pieces.join(''), terms)
        expect('filter' in parsed || parsed.fault.length > 0).toBe(true)
      }),
    )
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
        const quoted = `"${text.replaceAll(/["\\]/g, '\\$&')}"`
        expect(parseFilter(quoted, terms)).toEqual({ filter: { words: [word(text)], terms: [] } })
      }),
    )
  })
})
