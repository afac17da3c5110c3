import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** Every document, by its path from the root. */
export const documents: readonly { readonly file: string; readonly text: string }[] = [
  ...readdirSync(root).filter((file) => file.endsWith('.md')),
  ...readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
]
  .toSorted()
  .map((file) => ({ file, text: readFileSync(`${root}${file}`, 'utf8') }))

interface Block {
  readonly language: string
  readonly text: string
}

/** Fenced blocks, those within lists included. */
export const blocksOf = (text: string): Block[] =>
  [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)\n\1```$/gm)].map(([, indent = '', language = '', body = '']) => ({
    language,
    text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }))

/** What stands outside fenced blocks. */
export const proseOf = (text: string): string => text.replaceAll(/^( *)```\w*\n[\s\S]*?\n\1```$/gm, '')
