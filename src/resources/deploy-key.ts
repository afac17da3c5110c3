import { defineResource, flag, text, time } from '../model/resource-type.ts'
import { hiddenIn } from './graph-errors.ts'
import { type RepositoryList, readLists, repositoryPrompted } from './repository-list.ts'

/** Named as GitHub's GraphQL API names them. */
export interface DeployKeyData {
  keyTitle: string
  key: string
  readOnly: boolean
  enabled: boolean
  verified: boolean
  createdAt: string
}

/** A public key that reaches one repository. */
export const deployKey = defineResource<DeployKeyData>({
  type: 'GitHub > Deploy Key',
  view: 'github_deploy_key',
  parent: 'GitHub > Repository',
  needs: { administration: 'read' },
  optional: true,
  fields: {
    keyTitle: text.from('deploy_key', 'What it is called.'),
    key: text.from('deploy_key', 'The public key.'),
    readOnly: flag.from('deploy_key', 'It cannot push.'),
    enabled: flag.readOnly('It is accepted: a policy of the organization may switch deploy keys off.'),
    verified: flag.from('deploy_key', 'GitHub has verified it.'),
    createdAt: time.from('deploy_key', 'When it was added.'),
  },
  title: ({ keyTitle }) => (keyTitle ? `deploy key ${keyTitle}` : 'a deploy key'),
  fromEvent: { deploy_key: repositoryPrompted },

  readBy: 'parent',
  batch: 10,
  read: (context, repositories) => readLists(deployKeys)(context, repositories),
  discoveredWith: 'GitHub > Branch Protection Rule',
})

interface GraphKey extends Omit<DeployKeyData, 'keyTitle'> {
  id: string
  title: string
}

export const deployKeys: RepositoryList<GraphKey, DeployKeyData> = {
  field: 'deployKeys',
  asks: 'id title key readOnly enabled verified createdAt',
  data({ id: _, title: keyTitle, ...said }, errors) {
    const hidden = hiddenIn(errors)
    return Object.fromEntries(Object.entries({ ...said, keyTitle }).filter(([field]) => !hidden.has(field)))
  },
}
