/** GitHub refuses more in an issue's body, a check run's summary or its text, counted in bytes of UTF-8. */
const bodyLimit = 65_535

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '[': '&#91;',
  ']': '&#93;',
  '|': '&#124;',
  '*': '&#42;',
  _: '&#95;',
  '~': '&#126;',
  $: '&#36;',
  '`': '&#96;',
  '\\': '&#92;',
}

/**
 * Shown as nothing. GitHub looks for mentions, references and addresses in the text after Markdown is rendered, so neither
 * a backslash nor an entity keeps them from being found: https://github.com/github/cmark-gfm/issues/181
 */
const gap = '&#8203;'
const dangerous = /[&<>[\]|*_~$`\\@#]|:(?=\/\/)|www(?=\.)|GH-(?=\d)/gi

/**
 * Text of unknown origin for GitHub's Markdown, on one line: nobody is mentioned, no issue referred to, no link or tag
 * made. Code spans of single backticks stay as they are, since GitHub reads nothing into them.
 */
export function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .split(/(`[^`]+`)/)
    .map((part, index) =>
      index % 2 === 1
        ? part.replaceAll('|', '¦')
        : part.replaceAll(dangerous, (sign) => entities[sign] ?? `${sign}${gap}`),
    )
    .join('')
}

/** Only an address of the web becomes a link. */
export const link = (words: string, url: string): string =>
  /^https?:\/\/[^\s()<>`\\]+$/.test(url) ? `[${plain(words)}](${url})` : plain(words)

/** Markdown cut to `limit` bytes at a line's end, with a word that it was. */
export function cut(text: string, limit = bodyLimit): string {
  if (Buffer.byteLength(text) <= limit) return text
  const notice = '\n\n…and more than fits here.'
  const bytes = Buffer.from(text)
  let end = limit - Buffer.byteLength(notice)
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  const whole = bytes.toString('utf8', 0, end)
  const lineEnd = whole.lastIndexOf('\n')
  return `${lineEnd > 0 ? whole.slice(0, lineEnd) : withoutStump(whole)}${notice}`
}

/** A line cut in its middle, without the code span or entity that was cut: half a code span hides nothing. */
function withoutStump(line: string): string {
  const isOpen = line.split('`').length % 2 === 0
  return (isOpen ? line.slice(0, line.lastIndexOf('`')) : line).replace(/&[#\w]*$/, '')
}

/** At most `longest` characters, none of them cut in two. Not Markdown: for titles, which GitHub shows as they are. */
export function shortened(text: string, longest: number): string {
  const characters = [...text]
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : text
}
