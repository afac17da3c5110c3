import { controlTypes } from '../controls/index.ts'
import type { Connection } from '../model/connection.ts'
import { type Need, needsFor } from '../model/permission.ts'
import type { PolicyAnswer } from '../model/policy.ts'
import type { Reporter } from '../model/reporter.ts'
import type { ResourceType } from '../model/resource-type.ts'
import { isWebhookEvent, needsOfEvent, type WebhookEvent } from '../model/webhook-event.ts'
import { type Mode, parseMode } from '../policies/mode.ts'
import { customPropertyValues } from '../resources/custom-property-values.ts'
import { resourceTypes } from '../resources/index.ts'
import type { OrganizationPolicies } from './organization-policies.ts'

const listened = (types: readonly ResourceType[]): WebhookEvent[] => {
  const named = types.flatMap(({ fromEvent }) => Object.keys(fromEvent).filter(isWebhookEvent))
  return [...new Set<WebhookEvent>([...named, 'check_run', 'check_suite'])].toSorted()
}

/** The events that keep all of the CMDB right, and what the engine itself listens to; without pull requests it only plans none. */
export const knownEvents = (): WebhookEvent[] => [...listened(resourceTypes), 'pull_request' as const].toSorted()

/** Of these, the ones without which something that policies in force judge by would grow old. */
export const neededEvents = (judged: ReadonlySet<string>): WebhookEvent[] => listened(neededTypes(judged))

const neededTypes = (judged: ReadonlySet<string>): ResourceType[] =>
  resourceTypes.filter(({ type, optional }) => !optional || judged.has(type))

/** What a connection needs when nobody set a policy. */
export function defaultNeeds(reporters: readonly Reporter[], kind: Connection['kind']): Need[] {
  const asked = controlTypes.map((control) => ({ control, mode: modeOf(control.policy.default({ kind })) }))
  return needs(serving(reporters, kind), asked, judgedBy(asked))
}

/**
 * What the manifest asks for: what the App needs when nobody set a policy, and what it takes to read all of the CMDB. Only
 * to read: a permission to change something is asked for by a control's Enforce.
 */
export function manifestNeeds(reporters: readonly Reporter[]): Need[] {
  const optional = resourceTypes.filter((type) => type.optional && !type.perRepository)
  const toLook = [
    ...optional.flatMap(needsOfType),
    ...controlTypes.flatMap(({ needs }) => needsFor(needs.why, needs.check)),
    ...needsFor('so that what the plan does not offer is not asked for', { organization_plan: 'read' }),
  ]
  const readOnly = toLook.filter(({ level }) => level === 'read')
  return [...defaultNeeds(reporters, 'app'), ...readOnly, ...knownEvents().flatMap(needsOfEvent)]
}

/** What the policies in force anywhere in the organization need, and why. */
export const neededNeeds = (
  reporters: readonly Reporter[],
  { kind }: Pick<Connection, 'kind'>,
  policies: OrganizationPolicies,
): Need[] => needs(serving(reporters, kind), modesInForce(policies), judgedTypes(policies))

/** The types that policies in force anywhere in the organization judge by, or select repositories by. */
export const judgedTypes = (policies: OrganizationPolicies): ReadonlySet<string> =>
  new Set([...judgedBy(modesInForce(policies)), ...(policies.readsProperties ? [customPropertyValues.type] : [])])

type Asked = readonly { readonly control: (typeof controlTypes)[number]; readonly mode: Mode }[]

const judgedBy = (asked: Asked): ReadonlySet<string> =>
  new Set(
    asked.flatMap(({ control, mode }) =>
      mode === 'Skip' ? [] : [control.target, ...Object.values<string>(control.related)],
    ),
  )

const modesInForce = (policies: OrganizationPolicies): Asked =>
  controlTypes.map((control) => {
    const modes = policies.answers(control.policy).map(modeOf)
    return { control, mode: strength.findLast((mode) => modes.includes(mode)) ?? 'Skip' }
  })

const serving = (reporters: readonly Reporter[], kind: Connection['kind']): Reporter[] =>
  reporters.filter(({ serves }) => serves.includes(kind))

const strength: readonly Mode[] = ['Skip', 'Check', 'Enforce']

const modeOf = (answer: PolicyAnswer): Mode => parseMode(answer)?.mode ?? 'Skip'

const needsOfType = ({ type, needs }: ResourceType): Need[] => needsFor(`to read each \`${type}\``, needs)

function needs(reporters: readonly Reporter[], asked: Asked, judged: ReadonlySet<string>): Need[] {
  return [
    ...neededTypes(judged).flatMap(needsOfType),
    ...neededEvents(judged).flatMap(needsOfEvent),
    ...reporters.flatMap(({ needs: { permissions, why } }) => needsFor(why, permissions)),
    ...asked.flatMap(({ control, mode }) => [
      ...(mode === 'Skip' ? [] : needsFor(control.needs.why, control.needs.check)),
      ...(mode === 'Enforce' ? needsFor(`to enforce \`${control.path}\``, control.needs.enforce ?? {}) : []),
    ]),
  ]
}
