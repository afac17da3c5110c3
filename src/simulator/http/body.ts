import type { z } from 'zod'
import type { Call } from './operation.ts'
import { invalidRequest } from './refusal.ts'

function problem({ path, code, message }: z.core.$ZodIssue, body: unknown): string {
  const value = path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], body)
  if (code === 'invalid_type' && value === undefined) return `"${path.map(String).join('.')}" wasn't supplied.`
  return `For 'properties/${path.map(String).join('/')}', ${JSON.stringify(value)} ${message}`
}

/** The body in the shape that the operation wants; throws a 422 in GitHub's form. Unknown properties are passed over. */
export function bodyOf<T extends z.ZodType>(call: Call, schema: T): z.infer<T> {
  const parsed = schema.safeParse(call.body)
  if (parsed.success) return parsed.data
  throw invalidRequest(...parsed.error.issues.map((issue) => problem(issue, call.body)))
}
