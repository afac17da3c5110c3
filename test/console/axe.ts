import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

/** To be run in a window before its pages, without their policy in its way. */
export const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe finds wrong, each in a line. A page that was just given another size takes a moment to find out what scrolls: what
 * stays wrong is wrong.
 */
export async function violations(of: Page): Promise<string[]> {
  const found = await violationsNow(of)
  if (found.length === 0) return found
  await of.waitForTimeout(1_000)
  return violationsNow(of)
}

async function violationsNow(of: Page): Promise<string[]> {
  const found =
    await of.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(
    ({ id, nodes }) => nodes.map(({ html, any }) => [id, html.slice(0, 200), any[0]?.message].join(': '))))`)
  return found as string[]
}
