import type { Connection } from '../../src/model/connection.ts'
import type { NewPolicySetting, PolicyPlace } from '../../src/model/policy.ts'
import type { Resource } from '../../src/model/resource.ts'
import type { Store } from '../../src/model/store.ts'
import { newConnection, openTestStore, resourceWrite, testFolders } from '../store/test-store.ts'
import { newSetting } from '../support/setting.ts'

export const now = 5_000

type More = Partial<Omit<NewPolicySetting, keyof PolicyPlace>> & { resourceId?: number; folderId?: number }

/** A database with the organization `acme` connected, nothing else recorded. */
export interface Recorded {
  readonly store: Store
  readonly connection: Connection
  readonly root: Resource
  repository(name: string, more?: Partial<Resource>): Promise<Resource>
  setting(path: string, value: string, more?: More): NewPolicySetting
  close(): Promise<void>
}

export async function recorded(): Promise<Recorded> {
  const folders = testFolders()
  const store = await openTestStore(`${folders.make()}/guardpost.sqlite`)
  const connection = await store.connections.save({ ...newConnection(1), login: 'acme' }, now)
  const write = (nodeId: string, more: Partial<Resource>) =>
    store.resources.write(connection.id, resourceWrite(connection.id, nodeId, more), now)
  const root = await write('O_1', { type: 'GitHub > Organization', title: 'acme', data: { login: 'acme' } })
  return {
    store,
    connection,
    root,
    repository: (name, more = {}) => {
      const nameWithOwner = `acme/${name}`
      const data = { name, nameWithOwner, visibility: 'private', defaultBranch: 'main', headSha: 'a1', ...more.data }
      return write(`R_${name}`, { parentId: root.id, title: nameWithOwner, readAt: now, ...more, data })
    },
    setting: (path, value, { resourceId = root.id, folderId, ...more } = {}) =>
      newSetting(folderId ? { folderId } : { connectionId: connection.id, resourceId }, path, value, more),
    async close() {
      await store.close()
      folders.removeAll()
    },
  }
}
