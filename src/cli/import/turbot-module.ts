import type { PolicyAnswer, PolicyType } from '../../model/policy.ts'
import type { Value } from './hcl/value.ts'
import { NotPlain, type Plain, workOut } from './hcl/work-out.ts'
import type { OwnNames } from './own-names.ts'
import type { Module, Placed, Spot } from './read-modules.ts'
import { answerFor, NoMatch, policyFor } from './turbot-policy.ts'

/** Something of Turbot's, and what it became. */
export interface Mapped extends Spot {
  readonly what: string
  readonly became: string
}

/** Something of Turbot's that could not be brought along. */
export interface Lost extends Spot {
  readonly what: string
  readonly why: string
  /** It is about another system, and nobody will miss it. */
  readonly isForeign: boolean
}

/** A setting as a policy file has it. */
interface Setting {
  readonly policy: string
  readonly value: PolicyAnswer
  readonly precedence?: 'recommended'
  readonly note?: string
  readonly starts?: string
  readonly expires?: string
}

interface Pack {
  readonly name: string
  readonly title: string
  readonly settings: Setting[]
  /** It is for some resources only, by rules of Turbot's. */
  readonly isFiltered: boolean
}

/** What a module becomes. */
export interface Converted {
  readonly settings: readonly Setting[]
  readonly packs: readonly Pack[]
  /** Names of packs, in order. */
  readonly attached: readonly string[]
  readonly mapped: readonly Mapped[]
  readonly lost: readonly Lost[]
}

const packTypes = ['turbot_policy_pack', 'turbot_smart_folder']

/** Turns what a module has of Turbot's into settings and packs, and tells of every block what became of it. */
export function convert(module: Module, types: ReadonlyMap<string, PolicyType>, names: OwnNames): Converted {
  const conversion = new Conversion(module, types)
  const ofTurbot = module.blocks.filter(({ type, labels }) => type === 'resource' && labels[0]?.startsWith('turbot_'))
  const ofType = (...wanted: string[]) => ofTurbot.filter(({ labels }) => wanted.includes(labels[0] ?? ''))
  for (const block of ofType(...packTypes)) conversion.each(block, () => conversion.pack(block, names))
  for (const block of ofType('turbot_policy_setting')) conversion.each(block, () => conversion.setting(block))
  for (const block of ofType(...packTypes.map((type) => `${type}_attachment`)))
    conversion.each(block, () => conversion.attachment(block))
  return conversion.done()
}

class Conversion {
  readonly #module: Module
  readonly #types: ReadonlyMap<string, PolicyType>
  readonly #packs = new Map<string, Pack>()
  readonly #settings: Setting[] = []
  readonly #attached = new Set<string>()
  readonly #mapped: Mapped[] = []
  readonly #lost: Lost[] = []

  constructor(module: Module, types: ReadonlyMap<string, PolicyType>) {
    this.#module = module
    this.#types = types
  }

  /** Converts a block, or tells why not. */
  each(block: Placed, convert: () => string): void {
    const { file, line, labels, attributes } = block
    const what = labels.join('.')
    try {
      for (const name of ['count', 'for_each'])
        if (attributes.has(name)) throw new NoMatch(`\`${name}\` says how often it is there, which Terraform works out`)
      this.#mapped.push({ file, line, what, became: convert() })
    } catch (error) {
      if (!(error instanceof NoMatch || error instanceof NotPlain)) throw error
      const isForeign = error instanceof NoMatch && error.isForeign
      this.#lost.push({ file, line, what, why: `${error.message}.`.replace(/\.\.$/, '.'), isForeign })
    }
  }

  pack({ labels, attributes }: Placed, names: OwnNames): string {
    const [, label = ''] = labels
    const title = attributes.has('title') ? this.#text(attributes.get('title')) : label
    const pack: Pack = { name: names.take(title), title, settings: [], isFiltered: attributes.has('filters') }
    this.#packs.set(labels.join('.'), pack)
    return `pack ${pack.name}`
  }

  setting({ attributes }: Placed): string {
    const type = policyFor(this.#text(attributes.get('type')), this.#types)
    if (attributes.has('template') || attributes.has('template_input'))
      throw new NoMatch(
        'Turbot works its value out by a Nunjucks template from GraphQL, which has no like here; write an `expression` in CEL',
      )
    const value = attributes.get('value') ?? attributes.get('value_source')
    if (!value) throw new NoMatch('it has no value')
    const place = this.#place(attributes.get('resource'))
    const setting: Setting = {
      policy: type.path,
      value: answerFor(type, this.#plain(value)),
      ...this.#circumstances(attributes),
    }
    const settings = place === null ? this.#settings : place.settings
    if (settings.some(({ policy }) => policy === type.path)) throw new NoMatch(`\`${type.path}\` is set there already`)
    settings.push(setting)
    return `${type.path}: ${[setting.value].flat().join(', ') || 'none'}${place ? `, in pack ${place.name}` : ''}`
  }

  attachment({ labels, attributes }: Placed): string {
    const of = (labels[0] ?? '').replace(/^turbot_(.*)_attachment$/, '$1')
    const pack = this.#packOf(attributes.get(of))
    if (!pack) throw new NoMatch(`which ${of.replace('_', ' ')} it attaches is not in its folder`)
    if (pack.isFiltered) throw new NoMatch('its filters have no like here; attach the pack with `on: { selector: … }`')
    if (this.#place(attributes.get('resource')) !== null) throw new NoMatch('it attaches to another pack')
    this.#attached.add(pack.name)
    return `pack ${pack.name}, attached to the organization`
  }

  done(): Converted {
    return {
      settings: this.#settings,
      packs: [...this.#packs.values()].filter(({ settings }) => settings.length > 0),
      attached: [...this.#packs.values()]
        .filter(({ name, settings }) => settings.length > 0 && this.#attached.has(name))
        .map(({ name }) => name),
      mapped: this.#mapped,
      lost: this.#lost,
    }
  }

  #circumstances(attributes: Placed['attributes']): Pick<Setting, 'precedence' | 'note' | 'starts' | 'expires'> {
    const text = (name: string) => (attributes.has(name) ? this.#text(attributes.get(name)) : null)
    const precedence = text('precedence')?.toLowerCase() ?? 'required'
    const isRecommended = ['recommended', 'should'].includes(precedence)
    if (!isRecommended && !['required', 'must'].includes(precedence))
      throw new NoMatch(`its precedence is “${precedence}”`)
    const [note, starts, expires] = [text('note'), text('valid_from_timestamp'), text('valid_to_timestamp')]
    return {
      ...(isRecommended && { precedence: 'recommended' }),
      ...(note && { note: note.trim().slice(0, 1_000) }),
      ...(starts && { starts: time(starts) }),
      ...(expires && { expires: time(expires) }),
    }
  }

  /** The pack something is put on; null: the organization. */
  #place(value: Value | undefined): Pack | null {
    const pack = this.#packOf(value)
    if (pack) return pack
    if (value?.kind === 'reference' && value.path[0] === 'turbot_folder') return null
    const where = value ? this.#plain(value) : ''
    if (where === 'tmod:@turbot/turbot#/') return null
    throw new NoMatch(
      `it is put on “${String(where)}”, and the files do not say what that is; put it \`on\` a repository`,
    )
  }

  #packOf(value: Value | undefined): Pack | undefined {
    return value?.kind === 'reference' ? this.#packs.get(value.path.slice(0, 2).join('.')) : undefined
  }

  #plain(value: Value): Plain {
    return workOut(value, this.#module.names)
  }

  #text(value: Value | undefined): string {
    const text = value && this.#plain(value)
    if (typeof text !== 'string' || text === '') throw new NoMatch('a text is missing in it')
    return text
  }
}

function time(text: string): string {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new NoMatch(`“${text}” is not a time`)
  return new Date(at).toISOString()
}
