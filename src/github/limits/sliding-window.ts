/** At most so much in any stretch of time of this length. */
export interface WindowRule {
  readonly spanMs: number
  readonly most: number
  /** So much of it may go in one burst; what goes beyond is spread, so that nobody waits long for the end of the span. */
  readonly atOnce: number
}

/** `share` (above 0, at most 1) is the part of the window that the asker may use. */
export interface SlidingWindow {
  /** The earliest moment for `amount` more. A share smaller than the amount lets it go alone. */
  when(now: number, amount: number, share: number): number
  begin(now: number, amount: number): void
  end(now: number, amount: number): void
}

/**
 * Counts a request from its start to `spanMs` after its end: at which moment between the two GitHub counts it is not
 * known, and this way GitHub never counts more in a span than we do.
 */
export function slidingWindow({ spanMs, most, atOnce }: WindowRule): SlidingWindow {
  const ended: { readonly at: number; amount: number }[] = []
  let running = 0
  let counted = 0
  let lastBegun = Number.NEGATIVE_INFINITY

  const forget = (now: number) => {
    for (let first = ended[0]; first && first.at <= now - spanMs; first = ended[0]) {
      counted -= first.amount
      ended.shift()
    }
  }
  const freed = (now: number, needed: number) => {
    let sum = 0
    for (const { at, amount } of ended) {
      sum += amount
      if (sum >= needed) return at + spanMs
    }
    return now + spanMs
  }
  /** How long `amount` should last for the room never to run out, now or at any later moment of the span. */
  const lasting = (now: number, amount: number, room: number) => {
    let sum = room
    let slowest = 0
    for (const past of ended) {
      slowest = Math.max(slowest, (past.at + spanMs - now) / sum)
      sum += past.amount
    }
    return Math.ceil(amount * Math.max(slowest, spanMs / sum))
  }

  return {
    when(now, amount, share) {
      forget(now)
      const room = Math.max(amount, Math.floor(most * share)) - running - counted
      if (room < amount) return freed(now, amount - room)
      const isSpaced = running + counted + amount > atOnce * share && atOnce < most
      return isSpaced ? Math.max(now, lastBegun + lasting(now, amount, room)) : now
    },
    begin(now, amount) {
      lastBegun = now
      running += amount
    },
    end(now, amount) {
      running -= amount
      counted += amount
      const last = ended.at(-1)
      if (last?.at === now) last.amount += amount
      else ended.push({ at: now, amount })
    },
  }
}
