/** What stands on the right of an attribute. Lines count from 1. */
export type Value = { readonly line: number } & (
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** Text with values in between. */
  | { readonly kind: 'template'; readonly parts: readonly Value[] }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [Value, Value])[] }
  /** `local.name`, or `turbot_policy_pack.main.id`; indexes are steps as well. */
  | { readonly kind: 'reference'; readonly path: readonly string[] }
  /** What only Terraform can work out, as it stands there. */
  | { readonly kind: 'computed'; readonly text: string }
)

export type Reference = Extract<Value, { kind: 'reference' }>

/** `name = value` and `type "label" { … }`. */
export interface Body {
  readonly attributes: ReadonlyMap<string, Value>
  readonly blocks: readonly Block[]
}

export interface Block extends Body {
  readonly type: string
  readonly labels: readonly string[]
  readonly line: number
}
