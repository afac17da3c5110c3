import { type By, senderOf } from './by.ts'
import { emit } from './emit.ts'
import { nodeId } from './node-id.ts'
import type { Repository } from './repository.ts'
import { timestamp, wholeSecond } from './timestamp.ts'
import type { World } from './world.ts'

export interface DeployKey {
  readonly id: number
  readonly nodeId: string
  readonly title: string
  readonly key: string
  readonly readOnly: boolean
  readonly createdAt: number
  delete(by?: By): void
}

export function addDeployKey(
  world: World,
  repository: Repository,
  draft: { title: string; readOnly?: boolean } & By,
): DeployKey {
  const id = world.newId()
  const tell = (action: string, by?: By) => {
    const { organization } = repository
    const sender = senderOf(world, organization, by)
    const says = { key: deployKeyObject(world, repository, key) }
    void emit(world, { event: 'deploy_key', action, organization, repository, sender, says })
  }
  const key: DeployKey = {
    id,
    nodeId: nodeId('DK', id),
    title: draft.title,
    key: `ssh-ed25519 ${Buffer.from(`deploy key ${id}`).toString('base64')}`,
    readOnly: draft.readOnly ?? true,
    createdAt: wholeSecond(world.now()),
    delete: (by) => {
      repository.deployKeys.delete(id)
      tell('deleted', by)
    },
  }
  repository.deployKeys.set(id, key)
  tell('created', draft)
  return key
}

const deployKeyObject = (world: World, repository: Repository, { id, key, title, readOnly, createdAt }: DeployKey) => ({
  id,
  key,
  url: `${world.urls.api}/repos/${repository.organization.login}/${repository.name}/keys/${id}`,
  title,
  verified: true,
  created_at: timestamp(createdAt),
  read_only: readOnly,
})
