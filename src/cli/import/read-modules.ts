import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { HclFault } from './hcl/cursor.ts'
import { readHcl } from './hcl/read-body.ts'
import type { Block, Body, Value } from './hcl/value.ts'
import type { Names } from './hcl/work-out.ts'

/** A line of a file; `file` below the folder that is read, `line` from 1. */
export interface Spot {
  readonly file: string
  readonly line: number
}

/** A block and where it stands. */
export type Placed = Block & Spot

/** A folder of Terraform files: they share their names. */
export interface Module {
  /** Below the folder that is read; empty for itself. */
  readonly folder: string
  readonly blocks: readonly Placed[]
  readonly names: Names
}

/** A file that could not be read. */
export interface Unread extends Spot {
  readonly reason: string
}

const mostFiles = 5_000
const mostBytes = 1_000_000

/** Reads every module in a folder and below. What cannot be read is told, and the rest is read all the same. */
export async function readModules(folder: string): Promise<{ modules: Module[]; unread: Unread[]; files: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && /\.(tf|tfvars)$/.test(entry.name))
    .map(({ parentPath, name }) => ({ parent: relative(folder, parentPath).replaceAll('\\', '/'), name }))
    .filter(({ parent }) => !parent.split('/').some((part) => part.startsWith('.')))
    .toSorted((a, b) => (a.parent === b.parent ? compare(a.name, b.name) : compare(a.parent, b.parent)))
  if (files.length > mostFiles) throw new RangeError(`There are more than ${mostFiles} Terraform files in it.`)
  const unread: Unread[] = []
  const read = await Promise.all(
    files.map(async ({ parent, name }) => {
      const file = parent === '' ? name : `${parent}/${name}`
      const body = await readOne(join(folder, file)).catch((error: unknown) => {
        const line = error instanceof HclFault ? error.line : 1
        unread.push({ file, line, reason: error instanceof Error ? error.message : String(error) })
      })
      return body ? [{ parent, name, file, body }] : []
    }),
  )
  const modules = Map.groupBy(read.flat(), ({ parent }) => parent)
  return {
    modules: [...modules].map(([parent, parts]) => moduleOf(parent, parts)),
    unread: unread.toSorted((a, b) => compare(a.file, b.file)),
    files: files.length,
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

async function readOne(path: string): Promise<Body> {
  if ((await stat(path)).size > mostBytes) throw new RangeError(`It is larger than ${mostBytes} bytes.`)
  return readHcl(await readFile(path, 'utf8'))
}

interface Part {
  readonly name: string
  readonly file: string
  readonly body: Body
}

function moduleOf(folder: string, parts: readonly Part[]): Module {
  const blocks = parts
    .filter(({ name }) => name.endsWith('.tf'))
    .flatMap(({ file, body }) => body.blocks.map((block) => ({ ...block, file })))
  const ofType = (type: string) => blocks.filter((block) => block.type === type)
  const defaults = ofType('variable').map(
    ({ labels: [name = ''], attributes }) => [name, attributes.get('default') ?? null] as const,
  )
  const locals = ofType('locals').flatMap(({ attributes }) => [...attributes])
  return { folder, blocks, names: { locals: new Map(locals), variables: new Map([...defaults, ...given(parts)]) } }
}

/** Variables as Terraform takes them by itself, the later before the earlier. */
const given = (parts: readonly Part[]): (readonly [string, Value])[] =>
  parts
    .filter(({ name }) => name === 'terraform.tfvars' || name.endsWith('.auto.tfvars'))
    .toSorted((a, b) => Number(b.name === 'terraform.tfvars') - Number(a.name === 'terraform.tfvars'))
    .flatMap(({ body }) => [...body.attributes])
