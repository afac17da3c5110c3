import { describe, expect, it } from '@jest/globals'
import { clean, indented, narrowed, wrapped } from '../../src/cli/text.ts'

describe('clean', () => {
  it('lets nothing through that a terminal would obey', () => {
    expect(clean('red \u001b[31m\u0007and\r\nhome\u009b2J')).toBe('red [31m and home 2J')
  })

  it('lets nothing through that turns the direction of writing', () => {
    expect(clean('web\u202egnp.exe\u2066!')).toBe('web gnp.exe !')
  })
})

describe('wrapped', () => {
  it.each([
    ['fits', 10, 'fits'],
    ['one two three', 7, 'one two\nthree'],
    ['one two three', 6, 'one\ntwo\nthree'],
    ['abcdefgh', 3, 'abc\ndef\ngh'],
    ['ab cdefgh', 4, 'ab\ncdef\ngh'],
    ['', 5, ''],
    ['no limit at all', Number.POSITIVE_INFINITY, 'no limit at all'],
  ])('breaks “%s” at %d', (text, width, lines) => {
    expect(wrapped(text, width)).toBe(lines)
  })
})

describe('narrowed', () => {
  it('leaves alone what fits', () => {
    expect(narrowed([3, 40], 50)).toEqual([3, 40])
  })

  it('takes from the widest', () => {
    expect(narrowed([3, 40, 30], 53)).toEqual([3, 25, 25])
  })

  it('stops where nobody could read it', () => {
    expect(narrowed([20, 20], 4)).toEqual([8, 8])
  })
})

describe('indented', () => {
  it('puts the sign before the first line and room before the others', () => {
    expect(indented('a\n b\nc', '  - ')).toBe('  - a\n     b\n    c')
  })
})
