import { setTimeout as later } from 'node:timers/promises'
import { hookIdOf } from '../../src/server/webhooks.ts'
import { randomFrom } from '../support/random.ts'
import { type CrashWorld, crashWorld } from './crash-world.ts'

/** One kill: how many deliveries were answered 2xx before it, and how many of those were still unprocessed then. */
export interface Kill {
  readonly round: number
  readonly sent: number
  readonly answered: number
  readonly unprocessed: number
  /** Answered, and after the restart not processed. */
  readonly lost: number
  /** Of what there may be one: issues of the control, check runs of one name on one commit, webhooks of ours. */
  readonly issues: number
  readonly checkRuns: number
  readonly hooks: number
  readonly milliseconds: number
}

/** Kills a running Guardpost again and again while deliveries come in, and looks after each restart what became of them. */
export async function* killRounds(rounds: number, seed: number): AsyncGenerator<Kill> {
  const world = await crashWorld()
  try {
    const random = randomFrom(seed)
    for (let round = 1; round <= rounds; round++) yield await killOnce(world, round, random)
  } finally {
    await world.close()
  }
}

async function killOnce(world: CrashWorld, round: number, random: () => number): Promise<Kill> {
  const begun = performance.now()
  const { sim } = world
  sim.holdDeliveries()
  happen(world, round)
  const held = [...sim.held]
  const answered = new Set<string>()
  const enough = 1 + Math.floor(random() * held.length)
  const delay = round % 2 === 0 ? random() * 200 : 0
  const killed = Promise.withResolvers<void>()
  const kill = async () => {
    if (delay > 0) await later(delay)
    await world.server.kill()
    killed.resolve()
  }
  const sending = held.map(async (delivery) => {
    const status = await delivery.send()
    if (status !== 202 && status !== 200) return
    answered.add(`${hookIdOf(new URL(delivery.hook.config.url).pathname)} ${delivery.guid}`)
    if (answered.size === enough) await kill()
  })
  await Promise.all([...sending, killed.promise])
  const processed = () => new Set([...world.kept()].flatMap(([key, status]) => (status === 'pending' ? [] : [key])))
  const before = processed()
  const unprocessed = [...answered].filter((key) => !before.has(key)).length

  sim.releaseDeliveries()
  await sim.idle()
  await world.restart()
  await world.settle()
  const after = processed()
  return {
    round,
    sent: held.length,
    answered: answered.size,
    unprocessed,
    lost: [...answered].filter((key) => !after.has(key)).length,
    ...doubled(world),
    milliseconds: Math.round(performance.now() - begun),
  }
}

/** What an organization does in a moment; and what makes Guardpost write on GitHub: a head, a permission, a webhook. */
function happen({ org, installation }: CrashWorld, round: number): void {
  // What was made the time before goes, so that every round costs the same.
  for (const made of [...org.repositories.values()]) if (/^(made|renamed)-/.test(made.name)) made.delete()
  for (let index = 0; index < 5; index++) {
    const made = org.createRepository({ name: `made-${round}-${index}`, visibility: 'private' })
    if (index % 2 === 0) made.rename(`renamed-${round}-${index}`)
    if (index % 3 === 0) made.setVisibility('public')
    if (index === 4) made.delete()
  }
  org.repositories.get('.github-private')?.push()
  if (round % 4 === 1) installation.revoke('organization_hooks')
  if (round % 4 === 3) installation.grant()
  if (round % 4 === 0) for (const hook of [...org.hooks]) hook.delete()
}

function doubled({ org }: CrashWorld): Pick<Kill, 'issues' | 'checkRuns' | 'hooks'> {
  const reporting = org.repositories.get('.github-private')
  const perCommit = new Map<string, number>()
  for (const { name, headSha } of reporting?.checkRuns ?? [])
    perCommit.set(`${name} ${headSha}`, (perCommit.get(`${name} ${headSha}`) ?? 0) + 1)
  const mark = /<!-- (guardpost:control:\S+) -->/
  const perControl = new Map<string, number>()
  for (const { body } of reporting?.issues ?? []) {
    const [, control] = mark.exec(body ?? '') ?? []
    if (control) perControl.set(control, (perControl.get(control) ?? 0) + 1)
  }
  return {
    issues: Math.max(0, ...perControl.values()),
    checkRuns: Math.max(0, ...perCommit.values()),
    hooks: org.hooks.length,
  }
}

/** Whether every kill left everything done, and nothing twice. */
export const isSound = ({ lost, issues, checkRuns, hooks }: Kill): boolean =>
  lost === 0 && issues <= 1 && checkRuns <= 1 && hooks <= 1
