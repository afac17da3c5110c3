import type { Permissions } from '../model/permission.ts'
import type { Resource } from '../model/resource.ts'
import type { Verdict } from '../model/verdict.ts'
import { error, skipped, tbd } from '../model/verdict.ts'

type Read = Pick<Resource, 'readAt' | 'refusal'>

/** What is said while GitHub refuses to be read; null where it does not. What the plan does not include is no fault. */
export function refused(resource: Read | null): Verdict | null {
  if (!resource?.refusal) return null
  const { refusal } = resource
  return (refusal.code === 'plan' ? skipped : error)(refusal.reason, { diagnoses: [refusal] })
}

/** What is said of a fact that is not known: neither a pass nor a failure. `what` begins the sentence. */
export function unknown(resource: Read | null, what: string, needs: Permissions): Verdict {
  if (!resource || resource.readAt === null) return tbd(`${what}: not read yet; the next reading will tell.`)
  const named = Object.entries(needs).map(([key, level]) => `\`${key}: ${level}\``)
  return tbd(`${what}: not known. GitHub shows it only to those who hold ${named.join(' and ')}.`)
}
