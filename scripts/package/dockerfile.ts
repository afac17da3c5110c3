import { cp, glob, mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { copyCheckout } from './checkout.ts'
import { succeed } from './run.ts'

/**
 * Carries out the Dockerfile without Docker: each stage in a folder of its own that stands for its `/`. Resolves to the
 * folder that the entry point is called in. Base images, users and volumes are not ours to check.
 */
export async function carryOut(file: string, root: string): Promise<{ folder: string; entry: readonly string[] }> {
  const stages: Record<string, string> = {}
  let stage = root
  let folder = root
  let entry: readonly string[] = []
  for (const [step, rest] of stepsOf(await readFile(file, 'utf8'))) {
    if (step === 'FROM') {
      const name = / AS (\w+)/.exec(rest)?.[1] ?? 'last'
      stage = join(root, name)
      stages[name] = stage
      folder = stage
    } else if (step === 'WORKDIR') {
      folder = join(stage, rest)
      await mkdir(folder, { recursive: true })
    } else if (step === 'COPY') await copy(rest, folder, stages)
    else if (step === 'RUN') await succeed(folder, ['sh', '-c', rest.replace('npm cache clean --force', 'true')])
    else if (step === 'ENTRYPOINT') entry = JSON.parse(rest)
  }
  return { folder, entry }
}

const stepsOf = (text: string): [string, string][] =>
  text
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line))
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)])

async function copy(rest: string, folder: string, stages: Readonly<Record<string, string>>): Promise<void> {
  const [, from, pattern = '', to = ''] = /^(?:--from=(\w+) )?(\S+) (\S+)$/.exec(rest) ?? []
  if (from === undefined) return copyCheckout(resolve(folder, to))
  const cwd = stages[from]
  if (cwd === undefined) throw new Error(`The Dockerfile has no stage ${from}.`)
  const found: string[] = []
  for await (const each of glob(pattern.replace(/^\//, ''), { cwd })) found.push(each)
  if (found.length !== 1) throw new Error(`${pattern} names ${found.length} files.`)
  for (const each of found) await cp(join(cwd, each), resolve(folder, to))
}
