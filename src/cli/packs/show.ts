import { Command } from 'commander'
import { packOf } from '../../engine/attach-pack.ts'
import { withGuardpost } from '../opened.ts'
import { jsonOption } from '../options.ts'
import { moment, print, printJson, say } from '../output.ts'
import { placeInWords, ruleInWords } from '../policies/setting-in-words.ts'
import { allAttachments, allPacks, packCalled } from './found.ts'

/** `guardpost packs list`. */
export const listCommand = (): Command =>
  new Command('list')
    .description('Lists the packs, and where they are attached: at each place the strongest first.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost packs list')
    .action(list)

/** `guardpost packs show`. */
export const showCommand = (): Command =>
  new Command('show')
    .argument('<pack>', 'its name')
    .description('Shows what a pack asks.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost packs show baseline')
    .action(show)

async function list({ json }: { json?: boolean }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const packs = await allPacks(guardpost)
    const attachments = await Promise.all(
      (await allAttachments(guardpost)).map(async (attachment) => ({
        ...attachment,
        pack: attachment.shippedPack ?? (await packOf(guardpost.means.store, attachment))?.name ?? '',
        on: await placeInWords(guardpost, attachment, attachment.selector),
      })),
    )
    if (json) return printJson({ packs, attachments })
    print(
      {
        rows: packs,
        columns: {
          pack: ({ name }) => name,
          title: ({ title }) => title,
          of: ({ owner }) => owner,
          settings: ({ settings }) => String(settings.length),
        },
        empty: '',
      },
      false,
    )
    say('')
    print(
      {
        rows: attachments,
        columns: {
          id: ({ id }) => String(id),
          on: ({ on }) => on,
          pack: ({ pack }) => pack,
          position: ({ position }) => String(position),
          by: ({ setBy, origin }) => (origin ? `${origin.file}:${origin.line}` : setBy),
        },
        empty: 'Nothing is attached: no pack is in force anywhere.',
      },
      false,
    )
  })
}

async function show(name: string, { json }: { json?: boolean }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const pack = await packCalled(guardpost, name)
    if (json) return printJson(pack)
    say(pack.title || pack.name)
    if (pack.description) say(pack.description)
    say('')
    print(
      {
        rows: pack.settings,
        columns: {
          policy: ({ path }) => path,
          value: ruleInWords,
          precedence: ({ precedence }) => precedence,
          expires: ({ expiresAt }) => moment(expiresAt),
          note: ({ note }) => note ?? '',
        },
        empty: 'It asks nothing yet: `guardpost packs set` adds a setting.',
      },
      false,
    )
  })
}
