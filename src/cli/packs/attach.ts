import { Command, Option } from 'commander'
import { attachmentsAt, attachPack, detachPack, orderPacks } from '../../engine/attach-pack.ts'
import { isAnothers, packNamed } from '../../engine/packs.ts'
import type { Selector } from '../../model/selector.ts'
import { UsedWrongly, withGuardpost } from '../opened.ts'
import { countFrom1, jsonOption } from '../options.ts'
import { ourselves } from '../ourselves.ts'
import { printJson, say } from '../output.ts'
import { placeNamed } from '../policies/place.ts'
import { selectorOf, withSelector } from '../policies/selector-options.ts'
import { placeInWords } from '../policies/setting-in-words.ts'
import { allAttachments, packCalled } from './found.ts'

const onOption = () =>
  new Option('--on <place>', 'an organization (acme), a repository (acme/web) or a folder').makeOptionMandatory()

interface On {
  readonly on: string
  readonly json?: boolean
}

/** `guardpost packs attach`. */
export const attachCommand = (): Command =>
  withSelector(
    new Command('attach')
      .argument('<pack>', 'its name')
      .description('Attaches a pack to a place, after those that are attached there.')
      .addOption(onOption()),
  )
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost packs attach baseline --on acme --visibility public')
    .action(attach)

/** `guardpost packs detach`. */
export const detachCommand = (): Command =>
  new Command('detach')
    .argument('<id>', 'of the attachment, as `guardpost packs` has it', countFrom1)
    .description('Takes a pack off a place.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost packs detach 3')
    .action(detach)

/** `guardpost packs order`. */
export const orderCommand = (): Command =>
  new Command('order')
    .argument('<ids...>', 'of attachments at the place, the strongest first; the others come after')
    .description('Puts the packs of a place in an order.')
    .addOption(onOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost packs order 5 3 --on acme')
    .action(order)

async function attach(name: string, { on, json, ...options }: On & Selector): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { store } = guardpost.means
    const { place, name: where } = await placeNamed(guardpost, on)
    const found = await packNamed(store, place.connectionId, name)
    if (!found) throw new UsedWrongly((await packCalled(guardpost, name)) && isAnothers(name))
    const wanted = { ...place, ...found.reference, ...ourselves(), selector: selectorOf(options), position: null }
    const attachment = await attachPack(guardpost.means, wanted, found.pack)
    if (json) return printJson({ ...attachment, pack: name })
    say(`Attached to ${where}: ${name}, as number ${attachment.id}. Guardpost judges by it now if it is running.`)
  })
}

async function detach(id: number, { json }: { json?: boolean }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const attachment = (await allAttachments(guardpost)).find((each) => each.id === id)
    if (!attachment) throw new UsedWrongly(`No pack is attached as number ${id}. \`guardpost packs\` lists what is.`)
    await detachPack(guardpost.means, attachment, ourselves())
    if (json) printJson({ id, detached: true })
    else say(`Detached from ${await placeInWords(guardpost, attachment)}: number ${id}.`)
  })
}

async function order(ids: readonly string[], { on, json }: On): Promise<void> {
  const wanted = ids.map(countFrom1)
  await withGuardpost(async (guardpost) => {
    const { store } = guardpost.means
    const { place, name } = await placeNamed(guardpost, on)
    const there = (await attachmentsAt(store, place)).map(({ id }) => id)
    const stranger = wanted.find((id) => !there.includes(id))
    if (stranger !== undefined)
      throw new UsedWrongly(`Number ${stranger} is not attached to ${name}: ${there.join(', ') || 'none'} are.`)
    await orderPacks(guardpost.means, place, wanted, ourselves())
    const now = (await attachmentsAt(store, place)).map(({ id }) => id)
    if (json) printJson({ ids: now })
    else say(`The packs of ${name}, the strongest first: ${now.join(', ')}.`)
  })
}
