/** GitHub refuses more in an issue's body, a check run's summary or its text, counted in bytes of UTF-8. */
export const bodyLimit = 65_535

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '@': '&#64;',
  '#': '&#35;',
  '[': '&#91;',
  ']': '&#93;',
  '|': '&#124;',
  '*': '&#42;',
  _: '&#95;',
}

/**
 * Text of unknown origin for GitHub's Markdown: nobody is mentioned, no issue referred to, no link or tag made. Code spans
 * stay as they are, since GitHub reads nothing into them.
 */
export function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .split(/(`[^`]+`)/)
    .map((part, index) =>
      index % 2 === 1 ? part.replaceAll('|', '¦') : part.replaceAll(/[&<>@#[\]|*_]/g, (sign) => entities[sign] ?? sign),
    )
    .join('')
}

/** Only an address of the web becomes a link. */
export const link = (words: string, url: string): string =>
  /^https?:\/\/[^\s()<>]+$/.test(url) ? `[${plain(words)}](${url})` : plain(words)

/** Cut to `limit` bytes at a line's end, with a word that it was. */
export function cut(text: string, limit = bodyLimit): string {
  if (Buffer.byteLength(text) <= limit) return text
  const notice = '\n\n…and more than fits here.'
  const room = Buffer.from(text).subarray(0, limit - Buffer.byteLength(notice))
  const whole = new TextDecoder('utf-8').decode(room).replace(/�+$/, '')
  return `${whole.slice(0, Math.max(whole.lastIndexOf('\n'), 0) || whole.length)}${notice}`
}
