/** `webhook`: over HTTP with a signature. `probot`: handed over by Probot. `log`: read back from GitHub's delivery log. */
export const deliverySources = ['webhook', 'probot', 'log'] as const

export type DeliverySource = (typeof deliverySources)[number]

/**
 * `pending`: kept, its job not done. `processed`: projected. `folded`: the same event came by another hook before.
 * `refused`: signed, but not about the connection the hook belongs to. `parked`: cannot be processed; kept for a person.
 */
export const deliveryStatuses = ['pending', 'processed', 'folded', 'refused', 'parked'] as const

export type DeliveryStatus = (typeof deliveryStatuses)[number]

/** One webhook request as GitHub sent it. */
export interface NewDelivery {
  /** `app`, or the id of one of our organization webhooks. */
  readonly hookId: string
  /** X-GitHub-Delivery: names the event, not the request, and is not covered by the signature. */
  readonly guid: string
  readonly event: string
  readonly headers: Readonly<Record<string, string>>
  /** The raw bytes as they were signed. */
  readonly body: Uint8Array
  /** In milliseconds; of one read back from the log: when GitHub first tried to deliver it. */
  readonly receivedAt: number
  readonly source: DeliverySource
}

export interface Delivery extends NewDelivery {
  readonly id: number
  /** Null until its job found out whom it concerns. */
  readonly connectionId: number | null
  readonly status: DeliveryStatus
  readonly error: string | null
  /** Whether the very same body was kept earlier under another GUID of the same hook: a replay, or a coincidence. */
  readonly bodySeenBefore: boolean
}
