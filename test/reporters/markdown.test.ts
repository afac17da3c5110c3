import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { cut, link, plain, shortened } from '../../src/reporters/markdown.ts'
import { rendered } from './rendered.ts'

const nasty = [
  ...'@#&<>[]()|*_~$`\\!:/.;-\n\r\t ',
  'a',
  '6',
  '4',
  'GH-',
  'www.',
  'https://',
  '&#64;',
  '\u2028',
  '😀',
  'é',
]
const someText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...nasty), maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
)

describe('text of unknown origin', () => {
  it('becomes text: nobody is mentioned, nothing referred to or linked, no tag, table or emphasis made', () => {
    fc.assert(
      fc.property(someText, (text) => {
        const markdown = plain(text)
        expect(markdown).not.toMatch(/[\n\r\u2028\u2029|]/)
        const outside = markdown.replaceAll(/`[^`]+`/g, ' ')
        expect(outside).not.toMatch(/[<>[\]*_~$\\`]/)
        expect(outside.replaceAll(/&(?:amp|lt|gt|#\d+);/g, '')).not.toContain('&')
        for (const { text: shown, isCode } of rendered(markdown))
          if (!isCode) expect(shown).not.toMatch(/@[\w-]|#\d|GH-\d|www\.|:\/\//i)
      }),
      { numRuns: 2_000 },
    )
  })

  it('loses nothing of what it says but line breaks', () => {
    fc.assert(
      fc.property(someText, (text) => {
        const shown = rendered(plain(text.replaceAll('`', '')))
        expect(shown).toHaveLength(1)
        const read = shown[0]?.text.replaceAll('\u200b', '')
        expect(read).toBe(text.replaceAll('`', '').replaceAll(/\s+/g, ' ').replaceAll('\u200b', ''))
      }),
    )
  })

  it.each([
    ['@octocat', '@&#8203;octocat'],
    ['acme/web#12', 'acme/web#&#8203;12'],
    ['gh-12', 'gh-&#8203;12'],
    ['see https://a.example/b_c', 'see https:&#8203;//a.example/b&#95;c'],
    ['www.a.example', 'www&#8203;.a.example'],
    ['&#64;octocat', '&amp;#&#8203;64;octocat'],
    ['<img src=x>', '&lt;img src=x&gt;'],
    ['[a](b)', '&#91;a&#93;(b)'],
    ['**a** ~~b~~ _c_', '&#42;&#42;a&#42;&#42; &#126;&#126;b&#126;&#126; &#95;c&#95;'],
    ['a\r\n\r\n# b', 'a #&#8203; b'],
    ['a | b', 'a &#124; b'],
    ['the event `push`', 'the event `push`'],
    ['`@a | #1`', '`@a ¦ #1`'],
    ['``@octocat`', '&#96;`@octocat`'],
    ['\\`@octocat`', '&#92;`@octocat`'],
    ['`a @octocat', '&#96;a @&#8203;octocat'],
    ['`a` @octocat `b`', '`a` @&#8203;octocat `b`'],
  ])('%j is written %j', (text, markdown) => {
    expect(plain(text)).toBe(markdown)
  })
})

describe('a link', () => {
  it('goes to an address of the web, its words plain', () => {
    expect(link('the [page]', 'https://a.example/b?c=d#e')).toBe('[the &#91;page&#93;](https://a.example/b?c=d#e)')
    expect(link('it', 'http://127.0.0.1:8080/x')).toBe('[it](http://127.0.0.1:8080/x)')
  })

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '//a.example',
    '/here',
    'https://',
    'https://a b',
    'https://a)b',
    'https://a`b',
    'https://a\\b',
    'https://a<b',
    'x https://a',
  ])('is none to %s', (url) => {
    expect(link('the @page', url)).toBe('the @&#8203;page')
  })
})

describe('a text too long for GitHub', () => {
  const notice = '\n\n…and more than fits here.'
  const bytes = (text: string) => Buffer.byteLength(text)

  it('is counted in bytes, exactly', () => {
    const fits = `${'é'.repeat(32_767)}a`
    expect(bytes(fits)).toBe(65_535)
    expect(cut(fits)).toBe(fits)
    expect(cut(`${fits}a`)).toBe(`${'é'.repeat(32_753)}${notice}`)
  })

  it('is cut at the end of a line', () => {
    const line = 'x'.repeat(99)
    const text = Array.from({ length: 700 }, () => line).join('\n')
    const whole = cut(text)
    expect(whole.endsWith(`${line}${notice}`)).toBe(true)
    expect(whole.split('\n')).toHaveLength(655 + 2)
  })

  it('is cut between characters, and not within a code span or an entity', () => {
    const room = 100 - bytes(notice)
    expect(cut('😀'.repeat(100), 100)).toBe(`${'😀'.repeat(Math.floor(room / 4))}${notice}`)
    expect(cut(`${'a'.repeat(60)}\`@octocat ${'b'.repeat(60)}\``, 100)).toBe(`${'a'.repeat(60)}${notice}`)
    expect(cut(`${'a'.repeat(room - 3)}&#8203;${'b'.repeat(60)}`, 100)).toBe(`${'a'.repeat(room - 3)}${notice}`)
  })

  it('is never too long, never broken, and never more than it was', () => {
    fc.assert(
      fc.property(fc.array(someText, { maxLength: 12 }), fc.integer({ min: 40, max: 300 }), (texts, limit) => {
        const text = texts.map(plain).join('\n').toWellFormed()
        const whole = cut(text, limit)
        expect(bytes(whole)).toBeLessThanOrEqual(limit)
        expect(whole.isWellFormed()).toBe(true)
        if (bytes(text) <= limit) expect(whole).toBe(text)
        else {
          expect(whole.endsWith(notice)).toBe(true)
          const kept = whole.slice(0, -notice.length)
          expect(text.startsWith(kept)).toBe(true)
          for (const line of kept.split('\n'))
            for (const { text: shown, isCode } of rendered(line)) if (!isCode) expect(shown).not.toMatch(/@[\w-]|#\d/)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

it('shortens a title between two characters, with a sign that it did', () => {
  expect(shortened('😀'.repeat(5), 5)).toBe('😀'.repeat(5))
  expect(shortened('😀'.repeat(6), 5)).toBe(`${'😀'.repeat(4)}…`)
})
