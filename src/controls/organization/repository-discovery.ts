import { defineControl } from '../../model/control-type.ts'
import { error, ok, tbd } from '../../model/verdict.ts'
import type { ConnectionData } from '../../resources/connection.ts'
import type { OrganizationData } from '../../resources/organization.ts'
import { repositoryCmdb } from '../repository/cmdb.ts'

/** It is asked for by the policy that asks for what it finds. */
export const organizationRepositoryDiscovery = defineControl<
  OrganizationData,
  { connection: ConnectionData },
  Record<never, never>
>({
  path: 'GitHub > Organization > Repository Discovery',
  title: 'Every repository of the organization is found.',
  risk: 'What is not found is not guarded, and nobody is told.',
  target: 'GitHub > Organization',
  related: { connection: 'GitHub > Connection' },
  reads: [],
  subPolicies: {},
  follows: repositoryCmdb.policy,
  needs: { check: { metadata: 'read' }, why: 'so that repositories can be found' },
  advice:
    'Grant what the refusal names, or let the App reach all repositories; they are then looked for by themselves.',

  evaluate({ related: { connection } }) {
    const { repositoryDiscovery: pass, repositorySelection } = connection?.data ?? {}
    if (!pass) return tbd('Repositories have not been looked for yet.')
    const { startedAt, count, total, completedAt, refusal } = pass
    const found = `${count} of ${total ?? 'an unknown number'}, since ${new Date(startedAt).toISOString()}`
    const evidence = [{ about: 'Newest pass', found, state: 'ok', volatile: true } as const]
    if (refusal) return error(refusal.reason, { evidence, diagnoses: [refusal] })
    if (completedAt === null)
      return tbd('Repositories are looked for the first time, and not all are found yet.', { evidence })
    const selected = repositorySelection === 'selected' ? ' that the App was let reach; others are not seen' : ''
    return ok(`Every repository is found${selected}.`, { evidence })
  },
})
