import { cp, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { succeed } from './run.ts'

export const checkout = fileURLToPath(new URL('../../', import.meta.url))

/** What git would commit: no dependencies, nothing built, no settings of this machine. */
export async function copyCheckout(to: string): Promise<void> {
  const listed = await succeed(checkout, ['git', 'ls-files', '--cached', '--others', '--exclude-standard'])
  for (const file of listed.trim().split('\n')) {
    await mkdir(dirname(join(to, file)), { recursive: true })
    await cp(join(checkout, file), join(to, file))
  }
}
