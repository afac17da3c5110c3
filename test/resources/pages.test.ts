import { describe, expect, it } from '@jest/globals'
import { Refusal } from '../../src/model/github.ts'
import { graphPages } from '../../src/resources/graph-pages.ts'
import { restPages } from '../../src/resources/rest-pages.ts'

const tooMuch = () => new Refusal({ code: 'unavailable', reason: 'GitHub took too long.' }, 502, 1)

/** A GraphQL list of so many items, which answers no question that `fails` says is too much. */
async function graphSizes(count: number, fails: (start: number, size: number) => boolean, isPassedOver = false) {
  const sizes: number[] = []
  const starts: number[] = []
  const page = (start: number, size: number) => {
    sizes.push(size)
    if (fails(start, size)) return Promise.reject(tooMuch())
    starts.push(start)
    return Promise.resolve({ next: start + size < count ? String(start + size) : null })
  }
  const one = (cursor: string | null) => Promise.resolve({ next: String(Number(cursor ?? 0) + 1) })
  const ask = (cursor: string | null, size: number) => page(Number(cursor ?? 0), size)
  let pages = 0
  for await (const _ of graphPages(null, ask, isPassedOver ? one : undefined)) pages++
  return { sizes, starts, pages }
}

describe('pages of a GraphQL list', () => {
  it('are as large as GitHub allows', async () => {
    expect((await graphSizes(250, () => false)).sizes).toEqual([100, 100, 100])
  })

  it('are halved where GitHub takes too long, and grow again once it goes well', async () => {
    const { sizes, starts } = await graphSizes(700, (start, size) => start < 100 && size > 50)
    expect(sizes.slice(0, 8)).toEqual([100, 50, 50, 50, 50, 100, 100, 100])
    expect(starts.slice(0, 6)).toEqual([0, 50, 100, 150, 200, 300])
  })

  it('pass over what GitHub cannot give even by itself, where that is allowed', async () => {
    const fails = (start: number, size: number) => start <= 3 && 3 < start + size
    const { starts } = await graphSizes(6, fails, true)
    expect(starts.includes(3)).toBe(false)
    expect(starts).toContain(4)
    await expect(graphSizes(6, fails)).rejects.toThrow('GitHub took too long.')
  })

  it('are not asked for again where GitHub refuses', async () => {
    const ask = () => Promise.reject(new Refusal({ code: 'permission-not-granted', reason: 'No.' }, 403))
    await expect(graphPages(null, ask).next()).rejects.toThrow('No.')
  })
})

describe('pages of a REST list', () => {
  const items = Array.from({ length: 260 }, (_, index) => index)

  async function rest(fails: (size: number, page: number) => boolean, from: string | null = null) {
    const asked: string[] = []
    const seen: number[] = []
    const totals: (number | null)[] = []
    const ask = ({ per_page: size, page }: { per_page: number; page: number }) => {
      asked.push(`${page} of ${size}`)
      if (fails(size, page)) return Promise.reject(tooMuch())
      const last = Math.ceil(items.length / size)
      const link = `<https://x/?per_page=${size}&page=${page + 1}>; rel="next", <https://x/?page=${last}>; rel="last"`
      const data = items.slice((page - 1) * size, page * size)
      return Promise.resolve({ status: 200, headers: page < last ? { link } : {}, data })
    }
    for await (const { items, total } of restPages(from, ask)) {
      seen.push(...items)
      totals.push(total)
    }
    return { asked, seen, totals }
  }

  it('say how many there are, and go on where they were', async () => {
    const { asked, seen, totals } = await rest(() => false)
    expect(asked).toEqual(['1 of 100', '2 of 100', '3 of 100'])
    expect(totals).toEqual([300, 300, 260])
    expect(seen).toEqual(items)
    expect((await rest(() => false, '200')).asked).toEqual(['3 of 100'])
    // Where small pages ended.
    expect((await rest(() => false, '75')).asked.slice(0, 2)).toEqual(['4 of 25', '5 of 25'])
  })

  it('miss nothing and repeat nothing when they shrink and grow', async () => {
    const { asked, seen } = await rest((size, page) => size === 100 && page === 1)
    expect(seen).toEqual(items)
    expect(asked.slice(0, 3)).toEqual(['1 of 100', '1 of 50', '2 of 50'])
  })
})
