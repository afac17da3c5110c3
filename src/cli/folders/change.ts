import { Command, Option } from 'commander'
import type { Guardpost } from '../../compose.ts'
import { changeFolder, deleteFolder, makeFolder, putIntoFolder } from '../../engine/folders.ts'
import { connectionsOf, withGuardpost } from '../opened.ts'
import { jsonOption } from '../options.ts'
import { ourselves } from '../ourselves.ts'
import { printJson, say } from '../output.ts'
import { folderNamed } from '../policies/place.ts'

const folderArgument = ['<folder>', 'its title, or its last titles, e.g. Production/Europe'] as const
const inOption = () => new Option('--in <folder>', 'the folder it shall be in')

interface Answering {
  readonly json?: boolean
}

/** Does something, and says what became of it. */
async function answered({ json }: Answering, work: (guardpost: Guardpost) => Promise<{ told: object; said: string }>) {
  await withGuardpost(async (guardpost) => {
    const { told, said } = await work(guardpost)
    if (json) printJson(told)
    else say(said)
  })
}

export const createCommand = (): Command =>
  new Command('create')
    .argument('<title>')
    .description('Makes a folder.')
    .addOption(inOption().default('Guardpost'))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost folders create Europe --in Production')
    .action((title: string, options: Answering & { in: string }) =>
      answered(options, async (guardpost) => {
        const parent = await folderNamed(guardpost, options.in)
        const told = await makeFolder(guardpost.means, parent.id, title)
        return { told, said: `Made: ${parent.trace}/${told.title}.` }
      }),
    )

export const renameCommand = (): Command =>
  new Command('rename')
    .argument(...folderArgument)
    .argument('<title>')
    .description('Renames a folder.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost folders rename Production Live')
    .action((name: string, title: string, options: Answering) =>
      answered(options, async (guardpost) => {
        const folder = await folderNamed(guardpost, name)
        const told = await changeFolder(guardpost.means, folder.id, { title }, ourselves())
        return { told, said: `Renamed: ${folder.title} is ${told.title} now.` }
      }),
    )

export const moveCommand = (): Command =>
  new Command('move')
    .argument(...folderArgument)
    .description('Puts a folder, with all in it, into another one.')
    .addOption(inOption().makeOptionMandatory())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost folders move Europe --in Guardpost')
    .action((name: string, options: Answering & { in: string }) =>
      answered(options, async (guardpost) => {
        const folder = await folderNamed(guardpost, name)
        const parent = await folderNamed(guardpost, options.in)
        const told = await changeFolder(guardpost.means, folder.id, { parentId: parent.id }, ourselves())
        return { told, said: `Moved: ${parent.trace}/${told.title}. What is in it is judged by what is asked there.` }
      }),
    )

export const deleteCommand = (): Command =>
  new Command('delete')
    .argument(...folderArgument)
    .description('Deletes an empty folder, with what is set on it.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost folders delete Europe')
    .action((name: string, options: Answering) =>
      answered(options, async (guardpost) => {
        const { id, trace } = await folderNamed(guardpost, name)
        await deleteFolder(guardpost.means, id)
        return { told: { id, deleted: true }, said: `Deleted: ${trace}.` }
      }),
    )

export const putCommand = (): Command =>
  new Command('put')
    .argument('<organization>', 'its login')
    .description('Puts an organization into a folder.')
    .addOption(inOption().makeOptionMandatory())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost folders put acme --in Production')
    .action((login: string, options: Answering & { in: string }) =>
      answered(options, async (guardpost) => {
        const folder = await folderNamed(guardpost, options.in)
        for (const connection of await connectionsOf(guardpost, login))
          await putIntoFolder(guardpost.means, connection, folder.id, ourselves())
        const said = `${login} is in ${folder.trace} now, and is judged by what is asked there.`
        return { told: { organization: login, folderId: folder.id, folder: folder.trace }, said }
      }),
    )
