const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/** The text that Markdown shows for inline text and code spans, by CommonMark's rules; `isCode` tells the two apart. */
export function rendered(markdown: string): { text: string; isCode: boolean }[] {
  const parts: { text: string; isCode: boolean }[] = []
  let rest = markdown
  for (;;) {
    const opening = /`+/.exec(rest)
    if (!opening) break
    const [fence] = opening
    const after = rest.slice(opening.index + fence.length)
    const closing = [...after.matchAll(/`+/g)].find(([run]) => run === fence)
    if (!closing) throw new Error(`A code span is open: ${rest}`)
    parts.push({ text: decoded(rest.slice(0, opening.index)), isCode: false })
    parts.push({ text: after.slice(0, closing.index), isCode: true })
    rest = after.slice(closing.index + fence.length)
  }
  return [...parts, { text: decoded(rest), isCode: false }]
}

const decoded = (text: string): string =>
  text.replaceAll(/&(?:amp|lt|gt|#(\d+));/g, (entity, code) => entities[entity] ?? String.fromCodePoint(Number(code)))
