/** What can go wrong with a request to the API. */
export type ApiFault = {
  /**
   * Whether it strikes before GitHub did what was asked, or after it: a write may have taken effect although its answer
   * says otherwise. By default by chance.
   */
  readonly effect?: 'before' | 'after' | undefined
} & (
  | { readonly kind: 'status'; readonly status: 500 | 502 | 503 | 504 }
  /** Refuses: by default it may not be seen, or is not there. `errors`: what a validation found. */
  | {
      readonly kind: 'refused'
      readonly status: 403 | 404 | 422
      readonly message?: string
      readonly errors?: readonly object[]
    }
  /** GitHub's page with the unicorn; with status 200 it is a proxy's doing. */
  | { readonly kind: 'html'; readonly status?: number | undefined }
  | { readonly kind: 'empty' }
  /** The connection ends without an answer, or in the middle of it. */
  | { readonly kind: 'cut' }
  /** The answer comes, so many milliseconds of real time later. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** A secondary limit of which GitHub gives no account, for so many seconds. */
  | { readonly kind: 'tooMany'; readonly seconds: number }
  /** GraphQL: nodes of lists are null, this share of them but at least one, each with an error. */
  | { readonly kind: 'partial'; readonly share?: number | undefined }
  /** GraphQL: `data` is null, with an error. */
  | { readonly kind: 'noData' }
)

/** Whether the fault strikes before anything was done. */
export function strikesBefore({ kind, effect }: ApiFault, random: () => number): boolean {
  if (kind === 'partial') return false
  if (kind === 'tooMany' || kind === 'refused') return true
  return effect ? effect === 'before' : random() < 0.5
}
