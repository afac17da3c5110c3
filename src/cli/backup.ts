import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { backUpTo } from '../compose.ts'
import { readConfig, WrongConfiguration } from '../config.ts'
import { jsonOption } from './options.ts'
import { printJson, say } from './output.ts'

const help = `
The copy is of one moment, whatever is written meanwhile. It leaves out the secret key: without it the copy does not open,
so keep the key as well, and elsewhere. docs/backup.md says how to restore.

Example:
  guardpost backup /backups/guardpost-$(date +%F).sqlite`

/** `guardpost backup`: a copy of the database, while it is in use. */
export function backup(): Command {
  return new Command('backup')
    .argument('<file>', 'a new file; what is there is not overwritten')
    .description('Copies the database while Guardpost runs.')
    .addOption(jsonOption())
    .addHelpText('after', help)
    .action(make)
}

async function make(file: string, { json }: { json?: boolean }): Promise<void> {
  const config = readConfig(process.env)
  if (!existsSync(config.databaseFile))
    throw new WrongConfiguration(
      `There is no database at ${config.databaseFile}: nothing is kept yet, or set DATABASE_URL.`,
    )
  const { isTTY } = process.stderr
  const bytes = await backUpTo(config, file, (share) => {
    if (isTTY) process.stderr.write(`\r${Math.floor(share * 100)} %`)
  })
  if (isTTY) process.stderr.write('\r')
  if (json) return printJson({ file, bytes, secretKey: false })
  say(`${file} holds the database as it was when the backup began, ${bytes} bytes.`)
  say(
    config.secretKey
      ? 'The secret key is not in it: keep GUARDPOST_SECRET_KEY as well, and elsewhere.'
      : `The secret key is not in it: keep ${config.secretKeyFile} as well, and elsewhere.`,
  )
}
