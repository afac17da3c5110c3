import { defineControl } from '../../model/control-type.ts'
import type { RepositoryData } from '../../resources/repository.ts'
import { judgeRecord } from '../record.ts'

export const repositoryCmdb = defineControl<RepositoryData, Record<never, never>, Record<never, never>>({
  path: 'GitHub > Repository > CMDB',
  title: 'What is recorded of the repository is what GitHub says.',
  risk: 'Every control of the repository is judged by facts that may be out of date.',
  target: 'GitHub > Repository',
  related: {},
  reads: [],
  subPolicies: {},
  wanted: ['Enabled'],
  modes: ['Enforce'],
  default: 'Enforce: Enabled',
  needs: { check: { metadata: 'read' }, why: 'so that repositories can be read' },
  advice: 'Grant what the refusal names; the record is then read again by itself.',
  evaluate: ({ resource }) => judgeRecord(resource),
})
