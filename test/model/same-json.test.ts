import { runInNewContext } from 'node:vm'
import { describe, expect, it } from '@jest/globals'
import { sameJson } from '../../src/model/same-json.ts'

describe('sameJson', () => {
  it.each<[unknown, unknown, boolean]>([
    [1, 1, true],
    [1, '1', false],
    [null, null, true],
    [null, {}, false],
    [null, undefined, false],
    [[], {}, false],
    [[1, [2]], [1, [2]], true],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [{ a: 1, b: { c: [] } }, { b: { c: [] }, a: 1 }, true],
    [{ a: 1 }, { a: 1, b: null }, false],
    [{ a: 1 }, { a: 1, b: undefined }, true],
  ])('of %j and %j is %j', (one, other, same) => {
    expect([sameJson(one, other), sameJson(other, one)]).toEqual([same, same])
  })

  it('asks for no common realm', () => {
    expect(sameJson(runInNewContext('JSON.parse(\'{"a":[{"b":1}]}\')'), { a: [{ b: 1 }] })).toBe(true)
  })
})
