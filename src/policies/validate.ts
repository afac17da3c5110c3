import type { PolicyAnswer, PolicyType } from '../model/policy.ts'

/** What is wrong with an answer to a policy, with what would be right; null when nothing is. */
export function fault(type: PolicyType, answer: PolicyAnswer): string | null {
  if (type.kind === 'list') {
    if (!Array.isArray(answer) || (answer.length === 0 && !type.mayBeEmpty))
      return `\`${type.path}\` takes a list, separated by commas.`
    const unknown = answer.find((member) => type.values && !type.values.includes(member))
    return unknown === undefined ? null : notAmong(type, unknown)
  }
  if (typeof answer !== 'string' || answer === '') return `\`${type.path}\` takes one value.`
  return type.kind === 'choice' && !type.values?.includes(answer) ? notAmong(type, answer) : null
}

function notAmong({ path, values = [] }: PolicyType, answer: string): string {
  return `“${answer}” is no value of \`${path}\`. Did you mean “${nearest(answer, values)}”? It takes: ${values.join(', ')}.`
}

/**
 * Of the candidates, the shortest that the word is a part of, else the one that takes the fewest changes of a letter; the
 * empty string when there are none.
 */
export function nearest(word: string, candidates: readonly string[]): string {
  const [whole] = candidates
    .filter((candidate) => word !== '' && candidate.toLowerCase().includes(word.toLowerCase()))
    .toSorted((a, b) => a.length - b.length)
  if (whole !== undefined) return whole
  const distances = candidates.map((candidate) => distance(word.toLowerCase(), candidate.toLowerCase()))
  return candidates[distances.indexOf(Math.min(...distances))] ?? ''
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++)
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (b[j] === letter ? 0 : 1)))
    row = next
  }
  return row[b.length] ?? 0
}
