import { Refusal } from '../model/github.ts'

/** What GitHub refuses of one thing is no word about others. What only says "later", or is no answer, is thrown on. */
export function asRefused(error: unknown, nodeId: string, parentNodeId: string) {
  if (!(error instanceof Refusal) || error.retryAt !== null) throw error
  return { kind: 'refused', nodeId, parentNodeId, refusal: error.diagnosis } as const
}
