import { Command } from 'commander'
import { createCommand, deleteCommand, moveCommand, putCommand, renameCommand } from './folders/change.ts'
import { connectionsOf, withGuardpost } from './opened.ts'
import { jsonOption } from './options.ts'
import { print } from './output.ts'
import { tracedFolders } from './policies/place.ts'

const examples = `
Examples:
  guardpost folders
  guardpost folders create Production
  guardpost folders put acme --in Production`

/** `guardpost folders`: places above organizations. */
export function folders(): Command {
  const command = new Command('folders')
    .description('Shows and changes the folders that organizations are in.')
    .addHelpText('after', examples)
  command
    .command('list', { isDefault: true })
    .description('Lists the folders with the organizations in them.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost folders list')
    .action(list)
  for (const each of [createCommand(), renameCommand(), moveCommand(), deleteCommand(), putCommand()])
    command.addCommand(each)
  return command
}

async function list({ json }: { json?: boolean }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { store } = guardpost.means
    const placed = await Promise.all(
      (await connectionsOf(guardpost, undefined)).map(async ({ id, login }) => ({
        login,
        folderId: await store.folders.of(id),
      })),
    )
    const rows = (await tracedFolders(guardpost)).map(({ id, trace, title, parentId }) => ({
      ...{ id, trace, title, parentId },
      organizations: placed.filter(({ folderId }) => folderId === id).map(({ login }) => login),
    }))
    print(
      {
        rows,
        columns: { folder: ({ trace }) => trace, organizations: ({ organizations }) => organizations.join(', ') },
        empty: '',
      },
      json,
    )
  })
}
