import { sql } from 'kysely'
import type { LogEntry } from '../model/delivery-log.ts'
import type { Row } from './tables.ts'

/** An attempt with its id as text, which holds all of its 64 bits. */
export type LogRow = Omit<Row<'deliveryLog'>, 'hookId' | 'githubId' | 'unreadable'> & { githubId: string }

export const logColumns = sql.raw(
  [
    'cast(delivery_log.github_id as text) as github_id',
    ...[
      'guid',
      'delivered_at',
      'status',
      'status_code',
      'event',
      'action',
      'installation_id',
      'repository_id',
      'throttled_at',
      'redelivery',
    ].map((column) => `delivery_log.${column}`),
  ].join(', '),
)

export const toRow = (hookId: string, { redelivery, ...entry }: LogEntry): Row<'deliveryLog'> => ({
  hookId,
  ...entry,
  redelivery: redelivery ? 1 : 0,
  unreadable: null,
})

export const toEntry = ({ githubId, redelivery, ...entry }: LogRow): LogEntry => ({
  ...entry,
  githubId: Number.isSafeInteger(Number(githubId)) ? Number(githubId) : BigInt(githubId),
  redelivery: redelivery === 1,
})
