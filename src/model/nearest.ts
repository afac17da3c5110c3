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
