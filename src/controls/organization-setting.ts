import { type ControlDeclaration, type ControlType, defineControl } from '../model/control-type.ts'
import type { OrganizationData } from '../resources/organization.ts'
import { isEnterprise } from './plan.ts'
import { differing, isKnown, judgeSetting, type Means } from './setting.ts'
import { refused, unknown } from './unknown.ts'

type Nothing = Record<never, never>
type Declaration = ControlDeclaration<OrganizationData, Nothing, Nothing>

interface OrganizationSetting extends Pick<Declaration, 'path' | 'title' | 'risk' | 'advice' | 'marks'> {
  /** What the setting is called; begins a sentence. */
  readonly what: string
  readonly means: Means<OrganizationData>
  /** The values that only GitHub Enterprise has. */
  readonly enterprise?: readonly string[]
  /** GitHub has no API to change it. */
  readonly isManual?: true
}

const check = { organization_administration: 'read' } as const

/** A control over settings that `GET /orgs/{org}` shows and `PATCH /orgs/{org}` changes. */
export function organizationSetting({
  what,
  means,
  enterprise = [],
  isManual,
  ...said
}: OrganizationSetting): ControlType<OrganizationData, Nothing, Nothing> {
  const reads = [...new Set(Object.values(means).flatMap((asked) => Object.keys(asked)))] as (keyof OrganizationData)[]
  const lacking = (wanted: string, plan: string | null) =>
    enterprise.includes(wanted) && plan !== null && !isEnterprise(plan)
      ? `${what}: the plan ${plan} has no ${wanted}; GitHub Enterprise Cloud has.`
      : null
  return defineControl({
    ...said,
    target: 'GitHub > Organization',
    related: {},
    reads: enterprise.length > 0 ? [...reads, 'planName'] : reads,
    subPolicies: {},
    wanted: Object.keys(means),
    default: 'Skip',
    needs: {
      check,
      ...(!isManual && { enforce: { organization_administration: 'write' } }),
      why: 'so that the settings of the organization can be read',
    },

    evaluate({ resource, wanted, plan }) {
      const not = refused(resource)
      if (not) return not
      if (!isKnown(resource.data, means[wanted])) return unknown(resource, what, check)
      return judgeSetting(what, resource.data, { means, wanted, lacking: lacking(wanted, plan) })
    },

    ...(!isManual && {
      async enforce({ resource: { data, refusal }, wanted, plan, connection, github }) {
        const asked = means[wanted]
        const change = differing(data, asked)
        if (refusal || !isKnown(data, asked) || lacking(wanted, plan) || Object.keys(change).length === 0) return
        await github.write('PATCH /orgs/{org}', { org: connection.login, ...inRest(change) })
      },
    }),
  })
}

/** REST names settings as we do, in its own spelling. */
const inRest = (data: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).map(([field, value]) => [
      field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  )
