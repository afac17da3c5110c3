import type { Connection } from './connection.ts'
import type { GitHub } from './github.ts'
import type { Marks } from './marks.ts'
import type { Permissions } from './permission.ts'
import type { PolicyType } from './policy.ts'
import type { Resource } from './resource.ts'
import type { Verdict } from './verdict.ts'

/** Our organization webhooks, as an enforcement may make and forget them. */
export interface OwnHooks {
  /** The id, URL and secret of a new webhook, kept before they are returned: GitHub pings while it is being made. */
  prepare(): Promise<{ id: string; url: string; secret: string }>
  /** The URL and secret of one made before. */
  known(id: string): Promise<{ url: string; secret: string }>
  made(id: string, githubId: number): Promise<void>
  /** Called before asking GitHub for a ping. */
  pinging(id: string): Promise<void>
  forget(id: string): Promise<void>
}

export interface EvaluateInput<Data, Related, Values> {
  readonly resource: Resource<Data>
  /** Other resources the control judges by; null where one is not known yet. */
  readonly related: { readonly [K in keyof Related]: Resource<Related[K]> | null }
  /** What the policy asks for, without its mode: `Enabled`. */
  readonly wanted: string
  /** The sub-policies' answers. */
  readonly values: Values
  /** What the organization subscribes to, in GitHub's word; null where it is not known. */
  readonly plan: string | null
  readonly now: number
}

export interface EnforceInput<Data, Related, Values> extends EvaluateInput<Data, Related, Values> {
  readonly connection: Connection
  readonly github: GitHub
  readonly app: GitHub | null
  readonly ownHooks: OwnHooks
  /** The App's webhook secret; null for a token. */
  readonly appWebhookSecret: string | null
}

/** A policy type applied to a resource: what is asked, how it is judged, and where GitHub allows, how it is set right. */
export interface ControlType<Data = never, Related = never, Values = never> {
  readonly path: string
  /** What it guards, in one sentence. */
  readonly title: string
  /** What goes wrong while it is not kept, in one sentence. */
  readonly risk: string
  /** The type of resource it is applied to. */
  readonly target: string
  /** Related resources by name, of types of which there is one: below the control's own resource, or per connection. */
  readonly related: { readonly [K in keyof Related]: string }
  /** Fields of its resource that the verdict depends on; of a related resource any change counts. */
  readonly reads: readonly (keyof Data & string)[]
  /** It depends on what the organization subscribes to as well. */
  readonly readsPlan?: true
  readonly policy: PolicyType
  readonly subPolicies: { readonly [K in keyof Values]: PolicyType }
  /** What it needs to judge, and besides to enforce. */
  readonly needs: { readonly check: Permissions; readonly enforce?: Permissions; readonly why: string }
  /** Its Enforce changes only what is Guardpost's own: neither plan nor cap holds it up, and nothing but Alarm either. */
  readonly mendsOurOwn?: true
  /** What a person does about an Alarm, and where. */
  readonly advice: string
  readonly marks?: Marks
  evaluate(input: EvaluateInput<Data, Related, Values>): Verdict
  /** Makes what `evaluate` finds wanting right, with as few calls as can be; does nothing where nothing is wanting. */
  enforce?(input: EnforceInput<Data, Related, Values>): Promise<void>
}

/** What a control is declared with: its own policy follows from its values and modes, or it follows that of another. */
export type ControlDeclaration<Data, Related, Values> = Omit<ControlType<Data, Related, Values>, 'policy'> &
  (OwnPolicy | { readonly follows: PolicyType })

interface OwnPolicy {
  /** What may be asked, e.g. `['Enabled', 'Disabled']`. */
  readonly wanted: readonly string[]
  /** The modes it can work in; without `enforce` there is none, but where enforcing means keeping our own records. */
  readonly modes?: readonly ('Check' | 'Enforce')[]
  /** Policy files cannot set it. */
  readonly reserved?: true
  readonly default: string
}

/** Declares a control. The list of them is `controls/index.ts`. */
export function defineControl<Data, Related, Values>(
  declared: ControlDeclaration<Data, Related, Values>,
): ControlType<Data, Related, Values> {
  if ('follows' in declared) {
    const { follows, ...control } = declared
    return { ...control, policy: follows }
  }
  const { wanted, modes, reserved, default: byDefault, ...control } = declared
  const offered = modes ?? (control.enforce ? ['Check', 'Enforce'] : ['Check'])
  const policy: PolicyType = {
    path: control.path,
    question: control.title,
    kind: 'choice',
    values: ['Skip', ...offered.flatMap((mode) => wanted.map((value) => `${mode}: ${value}`))],
    ...(reserved && { reserved }),
    default: () => byDefault,
  }
  return { ...control, policy }
}
