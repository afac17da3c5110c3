import { readFileSync } from 'node:fs'

/** The guide as people read it. */
export interface GuideText {
  /** The headings of what is to be done, in their order. */
  readonly headings: readonly string[]
  /** The rows of its table of what GitHub says. */
  readonly messages: readonly { said: string; mended: string }[]
  /** What is bold below a heading: the words that stand on the pages. */
  wordsOf(heading: string): string[]
}

export function readGuide(): GuideText {
  const text = readFileSync(new URL('../../docs/event-handlers.md', import.meta.url), 'utf8')
  const sections = new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => {
        const end = section.indexOf('\n')
        return [section.slice(0, end), section.slice(end)] as const
      }),
  )
  const rows = (sections.get('Troubleshooting') ?? '').matchAll(/^\| `([^`]+)` +\| .+ \| (.+?) +\|$/gm)
  return {
    headings: [...sections.keys()].filter((heading) => heading !== 'Troubleshooting'),
    messages: Array.from(rows, ([, said = '', mended = '']) => ({ said, mended })),
    wordsOf: (heading) =>
      Array.from((sections.get(heading) ?? '').matchAll(/\*\*([^*]+)\*\*/g), ([, word = '']) => word),
  }
}
