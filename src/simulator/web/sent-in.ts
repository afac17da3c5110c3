import type { Context } from 'hono'

/** What a form or a program sent along. */
export async function sentIn({ req }: Context): Promise<Record<string, string>> {
  const text = await req.text()
  if (req.header('content-type')?.includes('json')) return JSON.parse(text || '{}')
  return Object.fromEntries(new URLSearchParams(text))
}
