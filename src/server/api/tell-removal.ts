import type { z } from '@hono/zod-openapi'
import type { RemovalPreview } from '../../engine/removal-preview.ts'
import type { Remedy } from '../../model/diagnosis.ts'
import { type Removal, removalSteps } from '../../model/removal.ts'
import type { removalPreview, removal as removalShape } from './shapes/connection.ts'

export const tellRemedy = ({ who, action, url }: Remedy) => ({ who, action, url: url ?? null })

/** How far a removal has come, step by step. */
export function tellRemoval({ step, failure, deleted, remains }: Removal): z.infer<typeof removalShape> {
  const at = step === null ? removalSteps.length : removalSteps.indexOf(step)
  const state = failure === null ? 'running' : failure.retryAt === null ? 'failed' : 'waiting'
  const rows = deleted > 0 ? `${deleted} rows deleted` : null
  return {
    steps: removalSteps.map((name, index) => ({
      name,
      state: index < at ? ('done' as const) : index > at ? ('to come' as const) : state,
      detail: index === at && failure ? failure.reason : name === 'records' ? rows : null,
    })),
    done: step === null,
    remains: remains.map(tellRemedy),
  }
}

export const tellPreview = (
  { connection, webhooks, issues, counts, remains }: RemovalPreview,
  progress: Removal | null,
): z.infer<typeof removalPreview> => ({
  login: connection.login,
  kind: connection.kind,
  webhooks: [...webhooks],
  issues: [...issues],
  ...counts,
  remains: remains.map(tellRemedy),
  progress: progress && tellRemoval(progress),
})
