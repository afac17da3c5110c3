import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NewConnection } from '../../src/model/connection.ts'
import type { NewRun } from '../../src/model/control.ts'
import type { NewDelivery } from '../../src/model/delivery.ts'
import type { NewJob } from '../../src/model/job.ts'
import type { ResourceWrite } from '../../src/model/resource-store.ts'
import type { Store } from '../../src/model/store.ts'
import { openStore } from '../../src/store/store.ts'

export const secretKey = Buffer.alloc(32, 7)

/** The folders that a test file made, and how to be rid of them. */
export function testFolders() {
  const folders: string[] = []
  return {
    make: (): string => {
      const folder = mkdtempSync(join(tmpdir(), 'guardpost-store-'))
      folders.push(folder)
      return folder
    },
    removeAll: (): void => {
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const openTestStore = (file: string): Promise<Store> => storeAt(file, () => 1_000)

export const storeAt = (file: string, clock: () => number): Promise<Store> =>
  openStore({ file, secretKey, clock, types: [] })

export const newConnection = (organizationId: number): NewConnection => ({
  kind: 'app',
  organizationId,
  organizationNodeId: `O_${organizationId}`,
  login: `org-${organizationId}`,
  installationId: 70_000 + organizationId,
})

export const newDelivery = (guid: string, more: Partial<NewDelivery> = {}): NewDelivery => ({
  hookId: 'app',
  guid,
  event: 'repository',
  headers: { 'x-github-event': 'repository' },
  body: Buffer.from(`{"guid":"${guid}"}`),
  receivedAt: 500,
  source: 'webhook',
  ...more,
})

export const newJob = (key: string, more: Partial<NewJob> = {}): NewJob => ({
  kind: 'read',
  connectionId: null,
  key,
  lock: key,
  payload: { key },
  runAt: 100,
  ...more,
})

export const resourceWrite = (
  connectionId: number,
  nodeId: string,
  more: Partial<ResourceWrite['resource']> = {},
): ResourceWrite => ({
  resource: {
    connectionId,
    type: 'GitHub > Repository',
    nodeId,
    parentId: null,
    title: `acme/${nodeId}`,
    data: { visibility: 'private' },
    sightings: { visibility: { source: 'event', at: 400 } },
    revision: null,
    version: 1,
    lastSeen: { source: 'event', at: 400 },
    readAt: null,
    refusal: null,
    goneAt: null,
    goneReason: null,
    ...more,
  },
  activity: null,
})

export const newRun = (connectionId: number, controlId: number, more: Partial<NewRun> = {}): NewRun => ({
  connectionId,
  controlId,
  cause: 'start',
  value: 'Check: Enabled',
  verdict: { state: 'ok', reason: 'Configured', evidence: [], diagnoses: [] },
  calls: [],
  startedAt: 1_990,
  endedAt: 2_000,
  ...more,
})
