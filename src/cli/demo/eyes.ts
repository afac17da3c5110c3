import type { Connection } from '../../model/connection.ts'
import type { ControlRecord, Run } from '../../model/control.ts'
import { stateLabel } from '../../model/control-state.ts'
import type { Activity, Resource } from '../../model/resource.ts'
import type { Town } from './town.ts'

export async function connectionOf({ guardpost }: Town): Promise<Connection | null> {
  return (await guardpost.means.store.connections.list())[0] ?? null
}

export async function repositoriesOf(town: Town): Promise<Resource[]> {
  const connection = await connectionOf(town)
  const filter = { type: 'GitHub > Repository', gone: false }
  return connection ? town.guardpost.means.store.resources.list(connection.id, filter) : []
}

/** The organization (`acme`) or repository (`acme/web`) as it is recorded. */
export async function resourceOf(town: Town, title: string): Promise<Resource | null> {
  const connection = await connectionOf(town)
  const type = title.includes('/') ? 'GitHub > Repository' : 'GitHub > Organization'
  return connection && town.guardpost.means.store.resources.byTitle(connection.id, type, title)
}

/** A control with its last run; null where it has not run yet. */
export async function controlOf(
  town: Town,
  path: string,
  title: string,
): Promise<{ control: ControlRecord; run: Run } | null> {
  const { controls } = town.guardpost.means.store
  const resource = await resourceOf(town, title)
  const control = resource && (await controls.byResource(resource.connectionId, resource.id, path))
  const run = control && (await controls.lastRun(control.connectionId, control.id))
  return run ? { control, run } : null
}

/** `GitHub > … is OK: Configured`. */
export const inWords = ({ path, state, reason }: ControlRecord): string => `${path} is ${stateLabel[state]}: ${reason}`

/** The activity that first told of a resource. */
export async function recordingOf(town: Town, title: string): Promise<Activity | null> {
  const resource = await resourceOf(town, title)
  if (!resource) return null
  const { id: resourceId, connectionId } = resource
  const activities = await town.guardpost.means.store.activities.list(connectionId, { resourceId })
  return activities.find(({ kind }) => kind === 'found') ?? null
}
