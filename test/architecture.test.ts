import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { controlTypes } from '../src/controls/index.ts'
import { resourceTypes } from '../src/resources/index.ts'
import {
  circle,
  importFaults,
  importsOf,
  missingDependencies,
  readTree,
  type Tree,
  unlisted,
} from './support/imports.ts'

const tree = readTree(fileURLToPath(new URL('../src', import.meta.url)))
const { dependencies, devDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

const kebab = (words: string): string => words.toLowerCase().replaceAll(/\s+/g, '-')

describe('the source', () => {
  it('is read whole', () => {
    expect(Object.keys(tree)).toEqual(expect.arrayContaining(['index.ts', 'engine/merge.ts', 'simulator/simulator.ts']))
    expect(importsOf(tree['index.ts'] ?? '')).toEqual(['probot', './compose.ts', './config.ts'])
  })

  it('imports in one direction only', () => {
    expect(importFaults(tree)).toEqual([])
  })

  it('runs in no circle, but where the simulated GraphQL names its types to each other', () => {
    expect(
      circle(Object.fromEntries(Object.entries(tree).filter(([file]) => !file.startsWith('simulator/graphql/')))),
    ).toBeNull()
  })

  it('needs no package at run time that is not a dependency', () => {
    // The console and the Action are built beforehand: nothing of what they are made of is needed at run time.
    const isBuilt = ([file]: [string, string]) => /^(console|action)\//.test(file)
    const run = Object.fromEntries(Object.entries(tree).filter((each) => !isBuilt(each)))
    expect(missingDependencies(run, Object.keys(dependencies))).toEqual([])
    const built = Object.fromEntries(Object.entries(tree).filter(isBuilt))
    expect(missingDependencies(built, Object.keys({ ...dependencies, ...devDependencies }))).toEqual([])
  })

  it('lists every resource type that is declared', () => {
    expect(unlisted(tree, 'resources', 'defineResource')).toEqual([])
    const files = importsOf(tree['resources/index.ts'] ?? '').filter((specifier) => specifier.startsWith('./'))
    expect(resourceTypes).toHaveLength(files.length)
    expect(new Set(resourceTypes.map(({ type }) => type)).size).toBe(files.length)
    expect(new Set(resourceTypes.map(({ view }) => view)).size).toBe(files.length)
  })

  it('lists every control that is declared, in the folder that its path names', () => {
    // Each is made by itself, or as one of several that differ in a setting.
    expect(unlisted(tree, 'controls', '(?:defineControl|organizationSetting|repositorySetting)')).toEqual([])
    const files = importsOf(tree['controls/index.ts'] ?? '').filter((specifier) => specifier.startsWith('./'))
    const mirrored = controlTypes.map(({ path }) => {
      const [, ...rest] = path.split(' > ').map(kebab)
      return `./${rest.join('/')}.ts`
    })
    expect(mirrored.toSorted()).toEqual(files.toSorted())
  })
})

describe('the rules', () => {
  const none = { 'controls/index.ts': '' }

  it.each<[string, Tree, string[]]>([
    [
      'the model imports nothing',
      { 'model/a.ts': "import { b } from '../resources/b.ts'" },
      ['model/a.ts imports resources/b.ts'],
    ],
    ['types count', { 'model/a.ts': "import type { b } from '../engine/b.ts'" }, ['model/a.ts imports engine/b.ts']],
    ['exports count', { 'controls/a.ts': "export * from '../policies/b.ts'" }, ['controls/a.ts imports policies/b.ts']],
    [
      'late imports count',
      { 'engine/a.ts': "await import('../store/store.ts')" },
      ['engine/a.ts imports store/store.ts'],
    ],
    ['imports for their effect count', { 'engine/a.ts': "import '../compose.ts'" }, ['engine/a.ts imports compose.ts']],
    [
      'imports over several lines count',
      { 'resources/a.ts': "import {\n  b,\n} from '../controls/b.ts'" },
      ['resources/a.ts imports controls/b.ts'],
    ],
    [
      'deep files count',
      { 'controls/x/y/a.ts': "import { b } from '../../../engine/b.ts'" },
      ['controls/x/y/a.ts imports engine/b.ts'],
    ],
    ['ports know no other', { 'store/a.ts': "import { b } from '../github/b.ts'" }, ['store/a.ts imports github/b.ts']],
    [
      'reporters know no engine',
      { 'reporters/a.ts': "import { b } from '../engine/b.ts'" },
      ['reporters/a.ts imports engine/b.ts'],
    ],
    [
      'the server knows no store',
      { 'server/a.ts': "import { b } from '../store/b.ts'" },
      ['server/a.ts imports store/b.ts'],
    ],
    [
      'nothing imports the command line',
      { 'compose.ts': "import { b } from './cli/b.ts'" },
      ['compose.ts imports cli/b.ts'],
    ],
    [
      'the simulator stands alone',
      { 'simulator/a.ts': "import { b } from '../model/b.ts'" },
      ['simulator/a.ts imports model/b.ts'],
    ],
    [
      'the simulator is not the app’s',
      { 'cli/start.ts': "import { b } from '../simulator/b.ts'" },
      ['cli/start.ts imports simulator/b.ts: the simulator is for the demo'],
    ],
    [
      'tests are not the app’s',
      { 'engine/a.ts': "import { b } from '../../test/b.ts'" },
      ['engine/a.ts imports ../test/b.ts, outside src'],
    ],
    ['there are no utils', { 'engine/utils/a.ts': '' }, ['engine/utils/a.ts: utils']],
    ['there is no other part', { 'helpers/a.ts': '' }, ['helpers/a.ts: there is no such part']],
    [
      'the console knows types of the API only',
      {
        'console/a.tsx': "import { b } from '../server/api/b.ts'",
        'console/c.tsx': "import type { d } from '../server/d.ts'",
      },
      [
        'console/a.tsx imports more than types of server/api/b.ts',
        'console/c.tsx imports server/d.ts, which is no part of the API',
      ],
    ],
    [
      'those it may know',
      { 'console/api/a.ts': "import type { b } from '../../server/api/b.ts'\nimport { c } from '../c.tsx'" },
      [],
    ],
    ['downwards is right', { 'engine/a.ts': "import { b } from '../policies/b.ts'\nimport { c } from './c.ts'" }, []],
    ['the demo may simulate', { 'cli/demo/a.ts': "import { b } from '../../simulator/b.ts'" }, []],
  ])('%s', (_what, made, expected) => {
    expect(importFaults(made)).toEqual(expected)
  })

  it('find a circle', () => {
    const made = {
      'engine/a.ts': "import { b } from './b.ts'",
      'engine/b.ts': "export { c } from './x/c.ts'",
      'engine/x/c.ts': "import '../a.ts'",
    }
    expect(circle(made)).toEqual(['engine/a.ts', 'engine/b.ts', 'engine/x/c.ts', 'engine/a.ts'])
    expect(circle({ ...made, 'engine/x/c.ts': "import type { A } from '../a.ts'" })).toBeNull()
  })

  it('find a package that is not a dependency, unless its types are all that is wanted', () => {
    const made = {
      'a.ts': "import { x } from '@a/b/deep'\nimport type { y } from 'c'\nimport { z } from 'node:fs'",
      'b.ts': "import d from 'd/e'",
    }
    expect(missingDependencies(made, ['d'])).toEqual(['a.ts needs @a/b'])
  })

  it('find what is declared and not listed, and what is listed and declares nothing', () => {
    const made = { ...none, 'controls/x/a.ts': 'export const a = defineControl<A>({})' }
    expect(unlisted(made, 'controls', 'defineControl')).toEqual(['controls/x/a.ts is not listed'])
    const listed = { ...made, 'controls/index.ts': "import { a } from './x/a.ts'" }
    expect(unlisted(listed, 'controls', 'defineControl')).toEqual([])
    expect(unlisted({ ...listed, 'controls/x/a.ts': '' }, 'controls', 'defineControl')).toEqual([
      'controls/x/a.ts is listed and declares nothing',
    ])
  })
})
