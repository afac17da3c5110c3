import { setTimeout as later } from 'node:timers/promises'
import { randomFrom } from '../support/random.ts'
import { changing } from './changes.ts'
import { cmdbDifference } from './cmdb-difference.ts'
import { type FaultyWorld, faultyWorld } from './faulty-world.ts'
import type { Misfortune } from './misfortunes.ts'
import { type Judged, judgePublished } from './oracle.ts'
import { brew } from './weather.ts'

export interface StoryOptions {
  readonly seed: number
  /** How many deliveries GitHub has to make. */
  readonly deliveries: number
  readonly repositories: number
  readonly misfortunes: Readonly<Record<string, Misfortune>>
  /** How many deliveries there are between two misfortunes. */
  readonly phase: number
  readonly onPhase?: (about: object) => void
}

/** How it went. */
export interface Told extends Judged {
  readonly seed: number
  readonly deliveries: number
  /** How many requests GitHub was sent. */
  readonly requests: number
  /** How often each fault struck, and each misfortune. */
  readonly struck: Readonly<Record<string, number>>
  /** Where the CMDB is not GitHub in the end. */
  readonly differences: readonly string[]
  readonly parked: readonly unknown[]
  /** Controls that have not healed although all is well. */
  readonly unhealed: readonly unknown[]
  readonly seconds: number
}

export const isSound = ({ differences, wrong, parked, unhealed }: Told): boolean =>
  differences.length + wrong.length + parked.length + unhealed.length === 0

/** Has organizations change while everything goes wrong by chance; in the end all is well, and Guardpost starts anew. */
export async function tellStory(options: StoryOptions): Promise<Told> {
  const begun = performance.now()
  const random = randomFrom(options.seed)
  const world = await faultyWorld({ random: randomFrom(options.seed + 1), repositories: options.repositories })
  try {
    const struck = await live(world, random, options)
    await world.settle()
    await world.kill()
    const restarted = Date.now()
    await world.start()
    // It listens before it looks.
    await world.judgedSince(restarted)
    await world.settle()
    return {
      seed: options.seed,
      deliveries: world.told.size,
      requests: world.asked.length,
      struck,
      differences: cmdbDifference(world),
      parked: world.database.prepare(`select kind, key, error from jobs where state = 'parked'`).all(),
      unhealed: world.database.prepare(unhealed).all(),
      ...judgePublished(world),
      seconds: Math.round((performance.now() - begun) / 1_000),
    }
  } finally {
    await world.close()
  }
}

/** Event Handlers may well be an Alarm for what was lost, or wait for a ping. */
const unhealed = `select n.login, c.path, r.title, c.state, c.reason from controls c
  join resources r on r.id = c.resource_id join connections n on n.id = c.connection_id
  where c.removed_at is null and r.gone_at is null
    and (c.state in ('error', 'invalid') or c.path like '%CMDB' and c.state <> 'ok')`

async function live(
  world: FaultyWorld,
  random: () => number,
  { deliveries, phase, misfortunes, onPhase }: StoryOptions,
): Promise<Record<string, number>> {
  const change = changing(world, random)
  const struck: Record<string, number> = {}
  const add = (name: string, count: number) => {
    struck[name] = (struck[name] ?? 0) + count
  }
  let bag: string[] = []
  while (world.told.size < deliveries) {
    const until = Math.min(world.told.size + phase, deliveries)
    const weather = brew(world, random, { throttles: world.told.size > deliveries * 0.7 })
    if (bag.length === 0) bag = Object.keys(misfortunes).toSorted(() => random() - 0.5)
    const name = bag.pop() ?? ''
    let isOver = false
    const misfortune = misfortunes[name]?.(world, random).finally(() => {
      isOver = true
    })
    while (world.told.size < until || !isOver) {
      for (let count = 0; count < 4; count++) change()
      await later(10 + random() * 20)
      if (world.told.size >= until) await later(50)
      if (random() < 0.08) world.judge()
    }
    await misfortune
    weather.clear()
    add(name, 1)
    for (const [fault, count] of Object.entries(weather.struck())) add(fault, count)
    onPhase?.({ deliveries: world.told.size, misfortune: name, ...weather.struck() })
  }
  return Object.fromEntries(Object.entries(struck).toSorted(([a], [b]) => a.localeCompare(b)))
}
