import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

/** Path below `src` → source text. */
export type Tree = Readonly<Record<string, string>>

export function readTree(folder: string): Tree {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.[jt]sx?$/.test(file))
  return Object.fromEntries(files.map((file) => [file.replaceAll('\\', '/'), readFileSync(join(folder, file), 'utf8')]))
}

const core = ['model', 'resources', 'controls', 'policies', 'engine']
const around = ['store', 'github', 'reporters', 'server', 'compose.ts', 'config.ts']

/** What each part may import besides itself. A part that is not named may import nothing of ours. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(core.map((part, index) => [part, core.slice(0, index)])),
  store: ['model'],
  github: ['model'],
  reporters: ['model'],
  server: ['model', 'engine', 'config.ts'],
  'config.ts': ['model'],
  'compose.ts': [...core, ...around],
  'index.ts': ['compose.ts', 'config.ts', 'model', 'engine'],
  // Built into one file of its own for the runner.
  action: [...core, ...around.filter((part) => part !== 'store' && part !== 'server')],
  cli: [...core, ...around.filter((part) => part !== 'store'), 'simulator'],
  simulator: [],
  console: ['server'],
}

const partOf = (file: string): string => file.split('/')[0] ?? file

const statement = /^\s*(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]/gm
const ofTypes = /^\s*(?:import|export)\s+type\b[^'"`;]*?\bfrom\s*['"][^'"]+['"]/gm

/** What a file imports, as its text says it. */
export const importsOf = (source: string): string[] => [...source.matchAll(statement)].map(([, a, b]) => a ?? b ?? '')

/** What it imports when it runs: types are gone by then. */
const neededBy = (source: string): string[] => importsOf(source.replaceAll(ofTypes, ''))

const targetOf = (file: string, specifier: string): string => posix.join(posix.dirname(file), specifier)

/** Imports that go the wrong way, parts that are nobody's, and circles: each in a line. */
export function importFaults(tree: Tree): string[] {
  return Object.entries(tree).flatMap(([file, source]) => [
    ...(mayImport[partOf(file)] ? [] : [`${file}: there is no such part`]),
    ...(/(^|\/)utils?(\/|\.)/.test(file) ? [`${file}: utils`] : []),
    ...importsOf(source)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => targetOf(file, specifier))
      .flatMap((target) => wrongWay(file, target) ?? []),
    ...(partOf(file) === 'console' ? beyondTypes(file, source) : []),
  ])
}

/** The console is a browser's: of the server it may know the types of the API, and nothing that runs. */
function beyondTypes(file: string, source: string): string[] {
  const ours = (specifiers: string[]) =>
    specifiers
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => targetOf(file, specifier))
      .filter((target) => partOf(target) !== 'console')
  const runs = ours(neededBy(source)).map((target) => `${file} imports more than types of ${target}`)
  const others = ours(importsOf(source)).filter((target) => !target.startsWith('server/api/'))
  return [...runs, ...others.map((target) => `${file} imports ${target}, which is no part of the API`)]
}

function wrongWay(file: string, target: string): string | null {
  const [from, to] = [partOf(file), partOf(target)]
  const isDemo = /^cli\/demo[./]/.test(file)
  if (from === to) return null
  if (to === '..') return target.endsWith('package.json') ? null : `${file} imports ${target}, outside src`
  if (to === 'simulator' && !isDemo) return `${file} imports ${target}: the simulator is for the demo`
  return mayImport[from]?.includes(to) ? null : `${file} imports ${target}`
}

/** One circle of imports that matter when the code runs, as the files on it; null: there is none. */
export function circle(tree: Tree): string[] | null {
  const done = new Set<string>()
  const walk = (file: string, path: readonly string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return null
    for (const specifier of neededBy(tree[file] ?? '')) {
      const found = specifier.startsWith('.') ? walk(targetOf(file, specifier), [...path, file]) : null
      if (found) return found
    }
    done.add(file)
    return null
  }
  for (const file of Object.keys(tree)) {
    const found = walk(file, [])
    if (found) return found
  }
  return null
}

/** Packages that are needed at run time and not among the dependencies. Types are not needed at run time. */
export function missingDependencies(tree: Tree, dependencies: readonly string[]): string[] {
  return Object.entries(tree).flatMap(([file, source]) =>
    neededBy(source)
      .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .map((specifier) =>
        specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/'),
      )
      .filter((name) => !dependencies.includes(name))
      .map((name) => `${file} needs ${name}`),
  )
}

/** Files below `folder` that declare something by `word(…)` and are not in its `index.ts`, or the other way round. */
export function unlisted(tree: Tree, folder: string, word: string): string[] {
  const index = `${folder}/index.ts`
  const listed = importsOf(tree[index] ?? '').map((specifier) => targetOf(index, specifier))
  const declared = Object.entries(tree)
    .filter(([file, source]) => file.startsWith(`${folder}/`) && new RegExp(`= ${word}[<(]`).test(source))
    .map(([file]) => file)
  return [
    ...declared.filter((file) => !listed.includes(file)).map((file) => `${file} is not listed`),
    ...listed
      .filter((file) => file.startsWith(`${folder}/`) && !declared.includes(file))
      .map((file) => `${file} is listed and declares nothing`),
  ]
}
