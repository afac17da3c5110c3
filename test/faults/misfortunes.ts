import { setTimeout as later } from 'node:timers/promises'
import type { HookDraft } from '../../src/simulator/hook.ts'
import type { FaultyWorld } from './faulty-world.ts'

/** What befalls Guardpost, and is over when it resolves. */
export type Misfortune = (world: FaultyWorld, random: () => number) => Promise<void>

const pick = <T>(items: readonly T[], random: () => number): T => items[Math.floor(random() * items.length)] as T

const kill: Misfortune = async (world, random) => {
  await world.kill()
  await later(random() * 400)
  await world.start()
}

/** Taking a permission away tells nobody: somebody asks Guardpost to look. */
const revoke: Misfortune = async (world, random) => {
  const keys = Object.keys(world.app.permissions).filter((key) => key !== 'metadata')
  world.installation.revoke(pick(keys, random), pick(keys, random))
  if (random() < 0.8) world.judge()
  await later(500 + random() * 1_000)
  world.installation.grant()
  if (random() < 0.5) world.judge()
}

const suspend: Misfortune = async (world, random) => {
  world.installation.suspend()
  if (random() < 0.5) world.judge()
  await later(300 + random() * 1_000)
  world.installation.unsuspend()
}

const hookChanges: readonly Partial<HookDraft>[] = [
  { url: 'https://elsewhere.example/hooks' },
  { contentType: 'form' },
  { insecureSsl: '1' },
  { secret: 'of somebody else' },
]

/** The App's hook, changed behind our back; whoever changed it thinks better of it if Guardpost does not. */
const appHook: Misfortune = async (world, random) => {
  const { hook } = world.app
  const before = hook.config
  hook.update(pick(hookChanges, random))
  if (random() < 0.8) world.judge()
  await later(500 + random() * 1_000)
  hook.update(before)
}

const organizationHook: Misfortune = async (world, random) => {
  const [hook] = world.byToken.hooks
  if (random() < 0.3) hook?.delete()
  else hook?.update(pick([...hookChanges, { active: false }, { events: ['push'] }], random))
  if (random() < 0.8) world.judge()
  await later(500 + random() * 1_000)
  if (random() < 0.8) world.judge()
}

/** Longer than Guardpost waits for its turn, so that it must refuse what comes. */
const lock: Misfortune = async (world) => {
  await world.lockStore(6_000)
}

/** Those that are over within two seconds. */
export const quickMisfortunes: Readonly<Record<string, Misfortune>> = {
  kill,
  revoke,
  suspend,
  appHook,
  organizationHook,
}

export const misfortunes: Readonly<Record<string, Misfortune>> = { ...quickMisfortunes, lock }
