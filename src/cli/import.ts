import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { policyTypes } from '../policies/index.ts'
import { OwnNames } from './import/own-names.ts'
import { policyFile } from './import/policy-file.ts'
import { readModules, type Unread } from './import/read-modules.ts'
import { convert, type Lost, type Mapped } from './import/turbot-module.ts'
import { UsedWrongly } from './opened.ts'
import { jsonOption } from './options.ts'
import { print, printJson, say } from './output.ts'

/** `guardpost import`: what others asked for, in Guardpost's words. */
export function imports(): Command {
  const command = new Command('import')
    .description('Brings policies along from another product, as policy files.')
    .addHelpText('after', '\nExample:\n  guardpost import turbot infrastructure/turbot')
  command
    .command('turbot')
    .argument('<folder>', 'with the Terraform files, in it and below')
    .description('Reads policy settings and packs of Turbot’s, and says what became of each.')
    .option('--out <folder>', 'write the policy files here; it is made if it is not there')
    .addOption(jsonOption())
    .addHelpText('after', help)
    .action(run)
  return command
}

const help = `
Read are turbot_policy_setting, turbot_policy_pack, turbot_smart_folder, and what attaches them, with locals, and variables
that have a default or stand in *.tfvars. Values that Turbot or Terraform work out are named, and not brought along.
Each folder becomes one file. Without --out nothing is written.

Exit status: 0 everything about GitHub was brought along, 1 something was not, 2 used wrongly.

Examples:
  guardpost import turbot infrastructure/turbot
  guardpost import turbot infrastructure/turbot --out guardpost
  guardpost import turbot infrastructure/turbot --json`

interface Imported {
  readonly mapped: readonly Mapped[]
  readonly lost: readonly Lost[]
  readonly unread: readonly Unread[]
  readonly files: readonly { name: string; text: string }[]
}

async function run(folder: string, { out, json }: { out?: string; json?: boolean }): Promise<void> {
  const imported = await importFrom(folder)
  const written = out === undefined ? [] : await write(out, imported.files)
  if (json) printJson({ ...imported, written })
  else tell(imported, written)
  const missed = imported.lost.filter(({ isForeign }) => !isForeign).length + imported.unread.length
  process.exitCode = missed > 0 ? 1 : 0
}

async function importFrom(folder: string): Promise<Imported> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) throw new UsedWrongly(`There is no folder ${folder}.`)
  const { modules, unread, files } = await readModules(folder)
  if (files === 0) throw new UsedWrongly(`There are no Terraform files (*.tf) in ${folder} or below.`)
  const names = new OwnNames()
  const fileNames = new OwnNames()
  const converted = modules.map((module) => ({ ...convert(module, policyTypes, names), folder: module.folder }))
  return {
    mapped: converted.flatMap(({ mapped }) => mapped),
    lost: converted.flatMap(({ lost }) => lost),
    unread,
    files: converted.flatMap((each) => {
      const text = policyFile(each.folder, each)
      return text === null ? [] : [{ name: `${fileNames.take(`turbot ${each.folder}`)}.yml`, text }]
    }),
  }
}

/** None is written where one would take the place of another. Returns their paths. */
async function write(folder: string, files: Imported['files']): Promise<string[]> {
  const paths = files.map(({ name }) => join(folder, name))
  for (const path of paths)
    if (await stat(path).catch(() => null)) throw new UsedWrongly(`${path} is there already. Name another folder.`)
  try {
    await mkdir(folder, { recursive: true })
    await Promise.all(files.map(({ name, text }) => writeFile(join(folder, name), text, { flag: 'wx' })))
  } catch (error) {
    throw new UsedWrongly(
      `${folder} cannot be written (${(error as NodeJS.ErrnoException).code}). Name another folder.`,
    )
  }
  return paths
}

function tell({ mapped, lost, unread, files }: Imported, written: readonly string[]): void {
  const at = ({ file, line }: { file: string; line: number }) => `${file}:${line}`
  const columns = { at, turbot: ({ what }: { what: string }) => what }
  print(
    {
      rows: mapped,
      columns: { ...columns, guardpost: ({ became }) => became },
      empty: 'There is nothing of Turbot’s that Guardpost has.',
    },
    false,
  )
  const missed = [...unread.map((each) => ({ ...each, what: 'the file', why: each.reason })), ...lost]
  if (missed.length > 0) {
    say('\nNot brought along:')
    print({ rows: missed, columns: { ...columns, why: ({ why }) => why }, empty: '' }, false)
  }
  say(`\n${counted(mapped.length, 'block')} brought along, ${missed.length} not.`)
  if (written.length > 0) say(`Written: ${written.join(', ')}. \`guardpost policies\` says what else there is to set.`)
  else if (files.length > 0) say('Nothing was written: `--out guardpost` writes the policy files.')
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
