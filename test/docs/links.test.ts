import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { documents, proseOf, root } from './documents.ts'

/** `[words](target)`, and the sources of pictures. */
function targetsIn(text: string): string[] {
  const prose = proseOf(text).replaceAll(/`[^`]*`/g, '')
  const linked = [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
  const shown = [...prose.matchAll(/\b(?:src|srcset)="([^"]+)"/g)]
  return [...linked, ...shown].map(([, target = '']) => target)
}

/** As GitHub names a heading in an address. */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-')

const anchorsOf = (text: string): string[] =>
  [...proseOf(text).matchAll(/^#{1,6} (.*)$/gm)].map(([, heading = '']) => anchorOf(heading))

function fault(file: string, text: string, target: string): string | null {
  if (/^https:\/\/[\w.-]+(\/|$)/.test(target)) return null
  const [path = '', anchor] = target.split('#')
  if (target.includes('://')) return `${target}: only https is linked to`
  const named = path === '' ? file : posix.join(posix.dirname(file), path)
  if (!existsSync(`${root}${named}`)) return `${target}: there is no ${named}`
  if (anchor === undefined) return null
  const there = named === file ? text : readFileSync(`${root}${named}`, 'utf8')
  return anchorsOf(there).includes(anchor) ? null : `${target}: ${named} has no such heading`
}

const faultsOf = (file: string, text: string): string[] =>
  targetsIn(text).flatMap((target) => fault(file, text, target) ?? [])

describe('links', () => {
  it.each(documents.map(({ file, text }) => [file, text]))('of %s lead somewhere', (file, text) => {
    expect(faultsOf(file, text)).toEqual([])
  })

  it('that lead nowhere are found', () => {
    const text = '# A heading, once\n\n[a](nowhere.md) [b](#another) [c](#a-heading-once) [d](http://insecure.example)'
    expect(faultsOf('docs/running.md', text)).toEqual([
      'nowhere.md: there is no docs/nowhere.md',
      '#another: docs/running.md has no such heading',
      'http://insecure.example: only https is linked to',
    ])
  })
})
