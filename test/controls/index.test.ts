import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { controlTypes } from '../../src/controls/index.ts'
import { resourceTypes } from '../../src/resources/index.ts'

const folder = join(import.meta.dirname, '../../src/controls')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const isControl = (value: unknown) => typeof value === 'object' && value !== null && 'evaluate' in value

it('lists every control that a file declares, once', async () => {
  const declared = await Promise.all(
    files.filter((file) => file !== 'index.ts').map(async (file) => Object.values(await import(join(folder, file)))),
  )
  expect(new Set(controlTypes)).toEqual(new Set(declared.flat().filter(isControl)))
  expect(new Set(controlTypes.map(({ path }) => path)).size).toBe(controlTypes.length)
})

it.each(controlTypes.map((control) => [control.path, control] as const))('declares %s soundly', (path, control) => {
  const types = resourceTypes.map(({ type }) => type)
  expect(types).toContain(control.target)
  for (const related of Object.values<string>(control.related))
    expect(resourceTypes.find(({ type }) => type === related)?.single).toBeDefined()
  expect(path.startsWith(`${control.target} > `)).toBe(true)
  const own = controlTypes.filter((other) => other.policy === control.policy)[0]
  expect(control.policy.path).toBe(own?.path)
  for (const sentence of [control.title, control.risk]) expect(sentence).toMatch(/^[A-Z].*\.$/)
})

/** What they judge is Guardpost's own doing, which no payload of GitHub's shows: each has tables of its own kind. */
const ofOurOwn = new Set([
  'GitHub > Organization > CMDB',
  'GitHub > Organization > Event Handlers',
  'GitHub > Organization > Policy Files',
  'GitHub > Organization > Repository Discovery',
  'GitHub > Repository > CMDB',
])

/** `GitHub > Repository > Web Commit Signoff` is in `repository/web-commit-signoff.ts`. */
const fileOf = (path: string): string => path.split(' > ').slice(1).join('/').toLowerCase().replaceAll(' ', '-')

it.each(controlTypes.filter(({ path }) => !ofOurOwn.has(path)).map(({ path }) => path))(
  'holds %s against payloads, every cell of it',
  (path) => {
    expect(files).toContain(`${fileOf(path)}.ts`)
    const table = readFileSync(join(import.meta.dirname, `${fileOf(path)}.test.ts`), 'utf8')
    // `judges` fails where a value has no row that is satisfied, violated, not known, or archived.
    expect(table).toMatch(/^judges\(/m)
  },
)

it('knows every control of its own', () => {
  expect(controlTypes.map(({ path }) => path)).toEqual(expect.arrayContaining([...ofOurOwn]))
})
