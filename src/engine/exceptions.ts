import type { Connection } from '../model/connection.ts'
import type { PolicySetting } from '../model/policy.ts'
import type { Governing, PolicyStatement } from '../model/policy-pack.ts'
import type { Store } from '../model/store.ts'
import { binds, requiredAbove, type Standing } from '../policies/exceptions.ts'
import { statementsOf } from '../policies/statements.ts'
import { fileRepositoryId, policySubject } from './policies-for.ts'

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
      const where = await standing(store, id, resourceId, governing, now)
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
      return exceptionsAmong(own, governing, { ...onFolder, folders: governing.folders }, now)
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

/** What is said on a folder is of no repository. */
export const onFolder = { subject: null, holdsFiles: false } as const

/** Where a resource stands, for what is put on it. */
export async function standing(
  store: Store,
  connectionId: number,
  resourceId: number,
  governing: Governing,
  now: number,
): Promise<Standing> {
  const { folders } = governing
  const connection = await store.connections.get(connectionId)
  const resource = await store.resources.get(connectionId, resourceId)
  if (!connection || !resource) return { ...onFolder, folders }
  const subject = await policySubject(store, resource)
  const ownId = await fileRepositoryId(store, connection, governing, now)
  return { subject, folders, holdsFiles: [resource, ...subject.ancestors].some(({ id }) => id === ownId) }
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
