import { describe, expect, it } from '@jest/globals'
import { groupCommit } from '../../src/store/group-commit.ts'

const grouping = (commit: (items: readonly number[]) => number[], atMost = 3) =>
  groupCommit(async (items: readonly number[]) => commit(items), {
    atMost,
    sizeOf: (item) => item,
    mostSize: 50,
    concernsOne: (error) => error instanceof RangeError,
  })

describe('groupCommit', () => {
  it('commits together what is asked for together, at most so many, and answers each its own', async () => {
    const commits: number[][] = []
    const group = grouping((items) => {
      commits.push([...items])
      return items.map((item) => item * 10)
    })
    expect(await Promise.all([1, 2, 3, 4].map(group.add))).toEqual([10, 20, 30, 40])
    expect(commits).toEqual([[1, 2, 3], [4]])
  })

  it('commits no more together than may be large together, and what is larger by itself', async () => {
    const commits: number[][] = []
    const group = grouping((items) => {
      commits.push([...items])
      return [...items]
    })
    await Promise.all([20, 30, 1, 70, 2, 3, 4, 5].map(group.add))
    expect(commits).toEqual([[20, 30], [1], [70], [2, 3, 4], [5]])
  })

  it('tells every caller of a failure that concerns all, and goes on with the next', async () => {
    let full = true
    const group = grouping((items) => {
      if (full) throw new Error('disk full')
      return [...items]
    })
    const failed = await Promise.allSettled([1, 2].map(group.add))
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    full = false
    expect(await group.add(3)).toBe(3)
  })

  it('lets one bad item fail alone', async () => {
    const group = grouping((items) => {
      if (items.includes(2)) throw new RangeError('two is bad')
      return [...items]
    })
    const [first, second, third] = await Promise.allSettled([1, 2, 3].map(group.add))
    expect(first).toEqual({ status: 'fulfilled', value: 1 })
    expect(second).toMatchObject({ status: 'rejected', reason: { message: 'two is bad' } })
    expect(third).toEqual({ status: 'fulfilled', value: 3 })
  })

  it('is settled when the last is answered', async () => {
    const answered: number[] = []
    const group = grouping((items) => [...items], 1)
    for (const item of [1, 2, 3]) group.add(item).then((result) => answered.push(result))
    await group.settled()
    expect(answered).toEqual([1, 2, 3])
  })
})
