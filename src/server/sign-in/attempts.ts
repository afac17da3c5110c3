import { isIPv6 } from 'node:net'

/** So many tries at once, and one more each time so many milliseconds went by. */
interface Rate {
  readonly atOnce: number
  readonly oneMoreEach: number
}

const minute = 60_000
const byAddress: Rate = { atOnce: 30, oneMoreEach: minute / 2 }
const byName: Rate = { atOnce: 10, oneMoreEach: minute }
/** Addresses and names remembered, each. */
const mostRemembered = 10_000

/** Counts tries to sign in, by the address they come from and by the name they are for (null: that is not known). */
export interface Attempts {
  /** Takes a try from both; null: it may go on. Otherwise after how many milliseconds one may try again. */
  take(address: string, name: string | null): number | null
  /** Gives it back: it was the right password. */
  giveBack(address: string, name: string | null): void
}

export function attempts(clock: () => number): Attempts {
  const addresses = buckets(byAddress, clock)
  const names = buckets(byName, clock)
  const counted = (address: string, name: string | null) => [
    { buckets: addresses, key: networkOf(address) },
    ...(name === null ? [] : [{ buckets: names, key: name.toLowerCase() }]),
  ]
  return {
    take(address, name) {
      const both = counted(address, name)
      const wait = Math.max(...both.map(({ buckets, key }) => buckets.wait(key)))
      if (wait > 0) return wait
      for (const { buckets, key } of both) buckets.add(key, -1)
      return null
    },
    giveBack(address, name) {
      for (const { buckets, key } of counted(address, name)) buckets.add(key, 1)
    },
  }
}

function buckets({ atOnce, oneMoreEach }: Rate, clock: () => number) {
  const known = new Map<string, { left: number; at: number }>()
  const left = (key: string): number => {
    const bucket = known.get(key)
    if (!bucket) return atOnce
    return Math.min(atOnce, bucket.left + Math.max(0, clock() - bucket.at) / oneMoreEach)
  }
  return {
    wait: (key: string): number => Math.max(0, Math.round((1 - left(key)) * oneMoreEach)),
    add(key: string, tries: number): void {
      const now = { left: Math.min(atOnce, left(key) + tries), at: clock() }
      known.delete(key)
      known.set(key, now)
      const [oldest] = known.keys()
      if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest)
    },
  }
}

/** Who has one IPv6 address has all of its /64. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1)
  const [left = [], right = []] = address
    .toLowerCase()
    .split('::')
    .map((half) => half.split(':').filter(Boolean))
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0')
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}
