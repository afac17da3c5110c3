/** How far somebody has heard: the newest ids. */
export interface Watermarks {
  readonly activity: number
  readonly run: number
  readonly delivery: number
}

interface Placed {
  readonly id: number
  readonly connectionId: number
  readonly resourceId: number
}

/** What is new since: no more than the newest so many of each. */
export interface News {
  readonly marks: Watermarks
  readonly activities: readonly (Placed & { readonly kind: string })[]
  /** The controls that ran, or whose resource came, went, or was muted about. */
  readonly controls: readonly Placed[]
  readonly settings: readonly Placed[]
  readonly deliveries: readonly {
    readonly id: number
    readonly connectionId: number | null
    readonly isPending: boolean
  }[]
}
