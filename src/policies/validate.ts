import { nearest } from '../model/nearest.ts'
import type { PolicyAnswer, PolicyType } from '../model/policy.ts'

/** What is wrong with an answer to a policy, with what would be right; null when nothing is. */
export function fault(type: PolicyType, answer: PolicyAnswer): string | null {
  if (type.kind === 'list') {
    if (!Array.isArray(answer) || (answer.length === 0 && !type.mayBeEmpty))
      return `\`${type.path}\` takes a list, separated by commas.`
    const unknown = answer.find((member) => type.values && !type.values.includes(member))
    return unknown === undefined ? wrongIn(type, answer) : notAmong(type, unknown)
  }
  if (typeof answer !== 'string' || answer === '') return `\`${type.path}\` takes one value.`
  return type.kind === 'choice' && !type.values?.includes(answer) ? notAmong(type, answer) : wrongIn(type, [answer])
}

function wrongIn({ path, wrong }: PolicyType, texts: readonly string[]): string | null {
  for (const text of texts) {
    const why = wrong?.(text)
    if (why) return `“${text}” is no value of \`${path}\`. ${why}`
  }
  return null
}

function notAmong({ path, values = [] }: PolicyType, answer: string): string {
  return `“${answer}” is no value of \`${path}\`. Did you mean “${nearest(answer, values)}”? It takes: ${values.join(', ')}.`
}
