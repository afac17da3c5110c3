import { controlStates } from '../src/model/control-state.ts'
import type { Resource } from '../src/model/resource.ts'
import type { Store } from '../src/model/store.ts'

const inOneTransaction = 2_000

/** An organization with so many repositories, each with a control that was judged. */
export async function organizationOf(
  store: Store,
  random: () => number,
  number: number,
  login: string,
  repositories: number,
): Promise<Resource> {
  const { id: connectionId } = await store.connections.save(
    { kind: 'token', organizationId: number, organizationNodeId: `O_${number}`, login, installationId: null },
    1_000,
  )
  const root = await write(store, connectionId, 'GitHub > Organization', `O_${number}`, null, login)
  await judge(store, random, root, 'GitHub > Organization > CMDB')
  for (let first = 0; first < repositories; first += inOneTransaction)
    await store.redoable(async (tx) => {
      for (let n = first; n < Math.min(repositories, first + inOneTransaction); n++) {
        const title = `${login}/repository-${n}`
        const made = await write(tx, connectionId, 'GitHub > Repository', `R_${number}_${n}`, root.id, title)
        await judge(tx, random, made, 'GitHub > Repository > CMDB')
      }
    })
  return root
}

function write(
  store: Store,
  connectionId: number,
  type: string,
  nodeId: string,
  parentId: number | null,
  title: string,
): Promise<Resource> {
  const data = {
    name: title,
    nameWithOwner: title,
    url: `https://github.com/${title}`,
    description: `What ${title} is for, in so many words as people like to write of it.`,
    visibility: 'private',
    topics: ['one', 'two', 'three'],
  }
  const seen = { source: 'discovery', at: 2_000 } as const
  return store.resources.write(
    connectionId,
    {
      resource: {
        connectionId,
        type,
        nodeId,
        parentId,
        title,
        data,
        sightings: Object.fromEntries(Object.keys(data).map((field) => [field, seen])),
        revision: null,
        version: 1,
        lastSeen: seen,
        readAt: 2_000,
        refusal: null,
        goneAt: null,
        goneReason: null,
      },
      activity: {
        kind: 'found',
        actor: null,
        summary: `${title} is recorded`,
        changes: [],
        source: 'discovery',
        deliveryId: null,
        at: 2_000,
      },
    },
    2_000,
  )
}

/** Most are OK, as in life. */
async function judge(store: Store, random: () => number, { connectionId, id }: Resource, path: string): Promise<void> {
  const state = random() < 0.7 ? 'ok' : (controlStates[Math.floor(random() * controlStates.length)] ?? 'tbd')
  const control = await store.controls.ensure(connectionId, id, path, 3_000)
  const verdict = { state, reason: 'What is recorded is what GitHub says.', evidence: [], diagnoses: [] }
  await store.controls.record({
    connectionId,
    controlId: control.id,
    cause: 'discovery',
    value: 'Enforce: Enabled',
    verdict,
    calls: [],
    startedAt: 4_000,
    endedAt: 4_001,
  })
}
