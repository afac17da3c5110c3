/**
 * Proves that the package works where it is installed: packs a copy of the checkout, installs it into an empty folder, and
 * uses it on this Node and on others (majors as arguments; 22 and 20 by default). Then the Dockerfile, step by step.
 */
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkout, copyCheckout } from './package/checkout.ts'
import { carryOut } from './package/dockerfile.ts'
import { succeed } from './package/run.ts'
import { use } from './package/use.ts'

const install = ['npm', 'install', '--no-audit', '--no-fund']

async function packed(folder: string): Promise<string> {
  const copy = join(folder, 'checkout')
  await copyCheckout(copy)
  await symlink(join(checkout, 'node_modules'), join(copy, 'node_modules'))
  const said = await succeed(copy, ['npm', 'pack', '--json'])
  // What the build says comes before.
  const [pack] = JSON.parse(said.slice(said.search(/^\[$/m)))
  const strays = pack.files
    .map(({ path }: { path: string }) => path)
    .filter((path: string) => /\.(ts|map)$|test/.test(path))
  if (strays.length > 0) throw new Error(`The package holds ${strays.join(', ')}.`)
  console.log(`${pack.filename}: ${pack.size} bytes packed, ${pack.unpackedSize} unpacked, ${pack.files.length} files`)
  return join(copy, pack.filename)
}

async function nodeOf(major: string, folder: string): Promise<string> {
  const place = join(folder, `node-${major}`)
  await mkdir(place)
  await succeed(place, [...install, '--prefix', place, `node@${major}`])
  return join(place, 'node_modules/node/bin/node')
}

const folder = await mkdtemp(join(tmpdir(), 'guardpost-package-'))
try {
  const file = await packed(folder)
  const home = join(folder, 'home')
  await mkdir(home)
  await succeed(home, [...install, '--prefix', home, file])
  console.log(await use(home, process.execPath))
  const asked = process.argv.slice(2)
  for (const major of asked.length > 0 ? asked : ['22', '20']) console.log(await use(home, await nodeOf(major, folder)))
  const { folder: container, entry } = await carryOut(join(checkout, 'Dockerfile'), join(folder, 'container'))
  console.log(`Dockerfile: guardpost ${(await succeed(container, [...entry, '--version'])).trim()}`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
