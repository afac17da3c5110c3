import type { AuditEntry, AuditLogReading } from '../model/audit-log.ts'
import type { Connection } from '../model/connection.ts'
import type { Diagnosis } from '../model/diagnosis.ts'
import { background, type GitHub, Refusal } from '../model/github.ts'
import type { Job } from '../model/job.ts'
import { typesAbout } from '../resources/audited.ts'
import { organization } from '../resources/organization.ts'
import { promptByAudit } from './audit-prompts.ts'
import { auditLogJob, auditLogRhythm } from './jobs.ts'
import type { Means } from './means.ts'
import { auditPage } from './open-audit-log.ts'
import { whyNotAsked } from './what-to-discover.ts'

/** Entries may come so much later than what they tell of: so far back the log is looked at again. In milliseconds. */
const late = 600_000
/** In one go; what remains is read soon. */
const mostPages = 10
const soon = 10_000
/** How soon an organization that has no audit log is asked again, in milliseconds: plans change. */
const patience = 86_400_000

/**
 * Reads on in the audit log of the organization and comes again. An entry prompts a read, which decides. Where GitHub has no
 * log for the organization, or does not show it, that is kept for people to see, and GitHub is left alone for a day.
 */
export async function readAuditLog(means: Means, { connectionId }: Job): Promise<void> {
  const { store, clients, clock, log } = means
  const connection = await store.connections.get(connectionId ?? 0)
  if (connection?.status !== 'active') return
  const before = await store.auditLog.reading(connection.id)
  const github = await clients.forConnection(connection, background('audit log'))
  const root = await store.resources.byNodeId(connection.id, organization.type, connection.organizationNodeId)
  // What the plan is, is in the first answer about the organization.
  if (!github || !root?.readAt) return store.jobs.enqueue([auditLogJob(connection.id, clock() + auditLogRhythm)])
  const none = planWithout(root.data.planName) ?? (await whyNotAsked(store, connection, asked))
  const reading = none ? refused(before, none, clock()) : await read(means, connection, github, before)
  await store.auditLog.setReading(connection.id, reading)
  if (reading.refusal?.reason !== before?.refusal?.reason)
    log.info(
      { connection: connection.id, code: reading.refusal?.code },
      reading.refusal?.reason ?? 'The audit log is read',
    )
  const wait = reading.refusal ? patience : reading.next ? soon : auditLogRhythm
  await store.jobs.enqueue([auditLogJob(connection.id, clock() + wait)])
}

/** What asking for the log needs, as for a type that nobody has to grant. */
const asked = { ...organization, type: 'the audit log', optional: true } as const

/** Plans of which GitHub says that they have none; of any other the server is asked. */
const plansWithout = new Set(['free', 'pro', 'team'])

function planWithout(plan: unknown): Diagnosis | null {
  if (typeof plan !== 'string' || !plansWithout.has(plan)) return null
  return {
    code: 'plan',
    reason: `The audit log is not read: GitHub offers it on Enterprise Cloud, and the plan is ${plan}.`,
  }
}

const refused = (before: AuditLogReading | null, refusal: Diagnosis, now: number): AuditLogReading => ({
  watermark: now,
  seen: [],
  ...before,
  next: null,
  readAt: now,
  refusal,
})

/** A refusal that only says "later", or no answer at all, is thrown on. */
async function read(
  means: Means,
  connection: Connection,
  github: GitHub,
  before: AuditLogReading | null,
): Promise<AuditLogReading> {
  const now = means.clock()
  try {
    return await follow(means, connection, github, before, now)
  } catch (error) {
    if (!(error instanceof Refusal) || error.retryAt !== null) throw error
    // Where it was to go on may be what is refused.
    if (before?.next) return { ...before, next: null, readAt: now }
    const isNone = error.status === 404
    const reason = isNone
      ? 'The audit log is not read: GitHub says there is none, as everywhere but on Enterprise Cloud, or hides it.'
      : `The audit log is not read: ${error.diagnosis.reason}`
    return refused(before, { ...error.diagnosis, ...(isNone && { code: 'plan' }), reason }, now)
  }
}

async function follow(
  { store, clock }: Means,
  connection: Connection,
  github: GitHub,
  before: AuditLogReading | null,
  now: number,
): Promise<AuditLogReading> {
  const from = before && !before.refusal ? before.watermark : now
  const known = new Set(before?.seen ?? [])
  const fresh: AuditEntry[] = []
  let newest = from
  let next = before?.next ?? null
  for (let pages = 0; pages === 0 || (next !== null && pages < mostPages); pages++) {
    const page = await auditPage(github, connection.login, from - late, next)
    fresh.push(...page.entries.filter((entry) => !known.has(entry.id) && typesAbout(entry).length > 0))
    newest = Math.max(newest, ...page.entries.map(({ at }) => at))
    next = page.next
  }
  await store.transaction((tx) => promptByAudit(tx, connection, fresh, clock()))
  const seen = [...known, ...fresh.map(({ id }) => id)].slice(-mostSeen)
  // A cursor belongs to the time it was asked from: that stays until the last page.
  return { readAt: now, watermark: next === null ? newest : from, next, seen, refusal: null }
}

/** Of an hour of an organization where people change settings all the time. */
const mostSeen = 1_000
