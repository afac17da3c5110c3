import type { Connection } from '../model/connection.ts'
import type { PolicySetting } from '../model/policy.ts'
import type { Governing, PolicyStatement } from '../model/policy-pack.ts'
import type { Store } from '../model/store.ts'
import { binds, requiredAbove, type Standing } from '../policies/exceptions.ts'
import { statementsOf } from '../policies/statements.ts'
import { policySubject } from './policies-for.ts'

/** A Required below a Required, in force or to come: what is asked there differs on purpose. */
export interface PolicyException {
  readonly statement: PolicyStatement
  /** The nearest one that does not get through. */
  readonly over: PolicyStatement
}

/** The exceptions on an organization and below it, or those among some settings. */
export async function exceptionsIn(
  store: Store,
  { id }: Pick<Connection, 'id'>,
  now: number,
  among?: ReadonlySet<number>,
): Promise<PolicyException[]> {
  const governing = await store.policies.governing(id)
  const wanted = candidates(governing, now).filter(({ setting }) => !among || among.has(setting?.id ?? 0))
  const bySpot = Map.groupBy(wanted, ({ place }) => place.resourceId)
  const found: PolicyException[] = []
  for (const [resourceId, statements] of bySpot)
    if (resourceId !== null) {
      const where = await standing(store, id, resourceId, governing)
      found.push(...exceptionsAmong(statements, governing, where, now))
    }
  return found
}

/** The exceptions on folders, each from what is above it. */
export async function exceptionsOnFolders(store: Store, now: number): Promise<PolicyException[]> {
  const folders = await store.folders.list()
  const found = await Promise.all(
    folders.map(async (folder) => {
      const governing = await store.policies.governingFolder(folder.id)
      const own = candidates(governing, now).filter(({ place }) => place.folderId === folder.id)
      return exceptionsAmong(own, governing, { subject: null, folders: governing.folders }, now)
    }),
  )
  return found.flat()
}

/** The ids of those settings that are exceptions. */
export async function exceptionsOf(
  store: Store,
  settings: readonly PolicySetting[],
  now: number,
): Promise<ReadonlySet<number>> {
  const ids = new Set(settings.map(({ id }) => id))
  const connectionIds = new Set(settings.map(({ connectionId }) => connectionId))
  const found = await Promise.all(
    [...connectionIds].map((id) =>
      id === null ? exceptionsOnFolders(store, now) : exceptionsIn(store, { id }, now, ids),
    ),
  )
  return new Set(found.flat().flatMap(({ statement: { setting } }) => (setting ? [setting.id] : [])))
}

/** Where a resource stands, for what is put on it. */
export async function standing(
  store: Store,
  connectionId: number,
  resourceId: number,
  { folders }: Pick<Governing, 'folders'>,
): Promise<Standing> {
  const resource = await store.resources.get(connectionId, resourceId)
  return { subject: resource && (await policySubject(store, resource)), folders }
}

/** Only what shares its policy with something else can be an exception. */
function candidates(governing: Governing, now: number): PolicyStatement[] {
  const required = statementsOf(governing).filter(({ rule }) => binds(rule, now))
  const byPath = Map.groupBy(required, ({ rule }) => rule.path)
  return required.filter(({ rule }) => (byPath.get(rule.path)?.length ?? 0) > 1)
}

function exceptionsAmong(
  statements: readonly PolicyStatement[],
  governing: Governing,
  where: Standing,
  now: number,
): PolicyException[] {
  const all = statementsOf(governing)
  return statements.flatMap((statement) => {
    const over = requiredAbove(statement, all, where, now)
    return over ? [{ statement, over }] : []
  })
}
