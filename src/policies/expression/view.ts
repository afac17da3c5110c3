import type { Json } from '../../model/resource.ts'
import type { Field, ResourceType } from '../../model/resource-type.ts'

/** A field that no source has given yet. */
export class NotKnown extends Error {
  constructor({ type }: Pick<ResourceType, 'type'>, field: string) {
    super(`\`${field}\` of the ${type.split(' > ').at(-1)?.toLowerCase()} is not known yet.`)
  }
}

/** More than an expression may look at in one field. */
class TooLarge extends Error {}

const largestText = 1_000
const mostValues = 300

/** A resource as an expression sees it. */
export type View = new (data: Readonly<Record<string, Json>>) => object

/** A class with the declared fields and nothing else; one that is not known throws when it is asked for. */
export function viewOf(type: Pick<ResourceType, 'type' | 'fields'>): View {
  class View {
    readonly #data: Readonly<Record<string, Json>>

    constructor(data: Readonly<Record<string, Json>>) {
      this.#data = data
    }

    static of(view: View, name: string, { kind }: Field): unknown {
      const value = view.#data[name]
      if (value === undefined) throw new NotKnown(type, name)
      return kind === 'time' && typeof value === 'string' ? new Date(value) : toCel(value, name, { left: mostValues })
    }
  }
  for (const [name, field] of Object.entries<Field>(type.fields))
    Object.defineProperty(View.prototype, name, {
      get(this: View) {
        return View.of(this, name, field)
      },
    })
  return View
}

/** Whole numbers are CEL's `int`, which are BigInt; what else there is stays. */
function toCel(value: Json, field: string, values: { left: number }): unknown {
  values.left--
  if (values.left < 0) throw new TooLarge(`\`${field}\` holds more than ${mostValues} values.`)
  if (typeof value === 'string' && value.length > largestText)
    throw new TooLarge(`\`${field}\` holds a text of more than ${largestText} characters.`)
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((each: Json) => toCel(each, field, values))
  return new Map(Object.entries(value).map(([key, each]) => [key, toCel(each, field, values)]))
}
