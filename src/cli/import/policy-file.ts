import { stringify } from 'yaml'
import type { Converted } from './turbot-module.ts'

/** The policy file that a module becomes; null where nothing of it could be brought along. */
export function policyFile(folder: string, { settings, packs, attached }: Converted): string | null {
  if (settings.length === 0 && packs.length === 0) return null
  const content = {
    ...(settings.length > 0 && { settings }),
    ...(packs.length > 0 && {
      packs: Object.fromEntries(packs.map(({ name, title, settings }) => [name, { title, settings }])),
    }),
    ...(attached.length > 0 && { attach: attached.map((pack) => ({ pack })) }),
  }
  const from = folder === '' ? '' : `: ${folder.replaceAll(/[^\x20-\x7e]/g, '?')}`
  return `# Brought along from Turbot${from}.\n${stringify(content, { lineWidth: 120 })}`
}
