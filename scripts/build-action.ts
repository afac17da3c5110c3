/** Builds what a release of the Action holds into a folder: `npm run action -- FOLDER`. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const checkout = fileURLToPath(new URL('../', import.meta.url))

/** Where GitHub's own runners and most others run. */
const platforms = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win32-x64']

/**
 * Everything that a runner needs, with nothing left to install: a file of JavaScript and another for the thread that keeps
 * deliveries, SQLite as its package brings it built, `action.yml`, and `package.json` for the version.
 */
async function buildAction(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await bundle('src/action/main.ts', join(folder, 'dist'), 'index.js')
  await bundle('src/store/keeper-thread.ts', join(folder, 'dist'), 'keeper-thread.js')
  await copySqlite(join(folder, 'node_modules/better-sqlite3'))
  for (const file of ['action.yml', 'LICENSE']) await cp(join(checkout, file), join(folder, file))
  const { name, version, license, type } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8'))
  await writeFile(join(folder, 'package.json'), `${JSON.stringify({ name, version, license, type }, null, 2)}\n`)
}

/** One file with all that it needs. */
async function bundle(entry: string, outDir: string, name: string): Promise<void> {
  await build({
    root: checkout,
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true, external: ['better-sqlite3'], target: 'node' },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      minify: false,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: name, codeSplitting: false } },
    },
  })
}

async function copySqlite(to: string): Promise<void> {
  const from = join(checkout, 'node_modules/better-sqlite3')
  for (const part of ['package.json', 'LICENSE', 'lib']) await cp(join(from, part), join(to, part), { recursive: true })
  for (const platform of platforms)
    await cp(join(from, `prebuilds/${platform}.node`), join(to, `prebuilds/${platform}.node`))
}

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('Name the folder: `npm run action -- FOLDER`.')
  process.exitCode = 2
} else {
  await buildAction(resolve(folder))
  console.log(`${folder} holds the Action. docs/action.md says how it is released.`)
}
