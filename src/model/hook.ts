/** The App's own webhook, which serves every installation. */
export const appHookId = 'app'

/** How the secret of one of our organization webhooks stands. */
export interface PingProof {
  /** When we last asked for a ping (making a hook asks for one), in milliseconds. */
  readonly askedAt: number | null
  /** When a ping signed with our secret last came for this hook, in milliseconds, and its delivery GUID. */
  readonly receivedAt: number | null
  readonly guid: string | null
  /**
   * GitHub's `updated_at` of the webhook as it was when that GUID was seen in its delivery log. Another `updated_at` today
   * means that somebody changed the webhook since, perhaps its secret. Null: not proved since we last asked.
   */
  readonly provedFor: string | null
}

/** An organization webhook of ours. Its id is a random part of its URL; its secret is kept sealed in the store. */
export interface Hook {
  readonly id: string
  readonly connectionId: number
  /** GitHub's hook_id; null until GitHub told it, by the answer to our POST or by the ping, whichever came first. */
  readonly githubId: number | null
  readonly ping: PingProof
  readonly createdAt: number
}
