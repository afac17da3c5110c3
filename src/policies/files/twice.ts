import { type FileFault, type Place, placeInWords } from '../../model/policy-file.ts'
import type { FileAnswer, FileTarget, PolicyFiles } from './content.ts'
import { faultAt } from './fault-at.ts'

/** What is said twice, in one file or in several: it would be anybody's guess which counts. */
export function* twice({ settings, packs, attachments }: PolicyFiles): Iterable<FileFault> {
  yield* again(settings, ({ policy, on }) => keyOf(policy, on), isSet)
  for (const pack of packs) yield* again(pack.settings, ({ policy }) => policy, isSet)
  yield* again(
    packs,
    ({ name }) => name,
    ({ name, place }) => [`A pack \`${name}\` is there`, place],
  )
  yield* again(
    attachments,
    ({ pack, on }) => keyOf(pack, on),
    ({ pack, place }) => [`\`${pack}\` is attached`, place],
  )
}

const isSet = ({ policy, places }: FileAnswer): [string, Place] => [`\`${policy}\` is set`, places.policy]

/** The shape brings the keys of a target into one order. */
const keyOf = (name: string, on: FileTarget): string => JSON.stringify([name, on])

function* again<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  inWords: (item: Item) => [string, Place],
): Iterable<FileFault> {
  const first = new Map<string, Item>()
  for (const item of items) {
    const before = first.get(keyOf(item))
    if (before === undefined) first.set(keyOf(item), item)
    else {
      const [what, place] = inWords(item)
      yield faultAt(place, `${what} at ${placeInWords(inWords(before)[1])} already, for the same.`)
    }
  }
}
