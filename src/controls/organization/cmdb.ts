import { defineControl } from '../../model/control-type.ts'
import type { OrganizationData } from '../../resources/organization.ts'
import { judgeRecord } from '../record.ts'

export const organizationCmdb = defineControl<OrganizationData, Record<never, never>, Record<never, never>>({
  path: 'GitHub > Organization > CMDB',
  title: 'What is recorded of the organization is what GitHub says.',
  risk: 'Every control of the organization is judged by facts that may be out of date.',
  target: 'GitHub > Organization',
  related: {},
  reads: [],
  subPolicies: {},
  wanted: ['Enabled'],
  modes: ['Enforce'],
  default: 'Enforce: Enabled',
  needs: {
    check: { organization_administration: 'read' },
    why: 'so that the settings of the organization can be read',
  },
  advice: 'Grant what the refusal names; the record is then read again by itself.',
  evaluate: ({ resource }) => judgeRecord(resource),
})
