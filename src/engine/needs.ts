import { controlTypes } from '../controls/index.ts'
import type { Connection } from '../model/connection.ts'
import { type Need, needsFor } from '../model/permission.ts'
import type { PolicySetting } from '../model/policy.ts'
import type { Reporter } from '../model/reporter.ts'
import { isWebhookEvent, needsOfEvent, type WebhookEvent } from '../model/webhook-event.ts'
import { type Mode, parseMode } from '../policies/mode.ts'
import { resolve } from '../policies/resolve.ts'
import { resourceTypes } from '../resources/index.ts'

/** The events that keep the CMDB right, and what the engine itself listens to. */
export function neededEvents(): WebhookEvent[] {
  const named = resourceTypes.flatMap(({ fromEvent }) => Object.keys(fromEvent).filter(isWebhookEvent))
  return [...new Set<WebhookEvent>([...named, 'check_run'])].toSorted()
}

/** What a connection needs when nobody set a policy; of the App it is what its manifest asks for. */
export function defaultNeeds(reporters: readonly Reporter[], kind: Connection['kind']): Need[] {
  return needs(
    serving(reporters, kind),
    controlTypes.map((control) => ({ control, mode: modeOf(String(control.policy.default({ kind }))) })),
  )
}

/** What the policies in force anywhere in the organization need, and why. */
export function neededNeeds(
  reporters: readonly Reporter[],
  connection: Connection,
  rootId: number,
  settings: readonly PolicySetting[],
  now: number,
): Need[] {
  return needs(
    serving(reporters, connection.kind),
    controlTypes.map((control) => {
      const below = settings.filter(({ path }) => path === control.path).map(({ resourceId }) => resourceId)
      const modes = [rootId, ...below].map((id) =>
        modeOf(String(resolve(control.policy, settings, id === rootId ? [id] : [id, rootId], connection, now).value)),
      )
      return { control, mode: strength.findLast((mode) => modes.includes(mode)) ?? 'Skip' }
    }),
  )
}

const serving = (reporters: readonly Reporter[], kind: Connection['kind']): Reporter[] =>
  reporters.filter(({ serves }) => serves.includes(kind))

const strength: readonly Mode[] = ['Skip', 'Check', 'Enforce']

const modeOf = (answer: string): Mode => parseMode(answer)?.mode ?? 'Skip'

function needs(
  reporters: readonly Reporter[],
  asked: { control: (typeof controlTypes)[number]; mode: Mode }[],
): Need[] {
  return [
    ...resourceTypes.flatMap(({ type, needs: toRead }) => needsFor(`to read each \`${type}\``, toRead)),
    ...neededEvents().flatMap(needsOfEvent),
    ...reporters.flatMap(({ needs: { permissions, why } }) => needsFor(why, permissions)),
    ...asked.flatMap(({ control, mode }) => [
      ...(mode === 'Skip' ? [] : needsFor(control.needs.why, control.needs.check)),
      ...(mode === 'Enforce' ? needsFor(`to enforce \`${control.path}\``, control.needs.enforce ?? {}) : []),
    ]),
  ]
}
