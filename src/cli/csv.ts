import type { QueryResult } from '../model/query.ts'

/** RFC 4180: the names of the columns first, fields in quotes where they need them, lines ended by CR LF. Null is empty. */
export const csvOf = ({ columns, rows }: Pick<QueryResult, 'columns' | 'rows'>): string =>
  [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')

function field(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
