import type { PastResource } from '../model/resource.ts'
import { resourceTypes } from '../resources/index.ts'
import { connectionsOf, UsedWrongly, withGuardpost } from './opened.ts'
import { inWords, moment, print, printJson, say } from './output.ts'

interface Options {
  readonly organization?: string
  readonly type?: string
  readonly limit: number
  readonly json?: boolean
}

/** Throws `UsedWrongly` where a type is asked for that there is not. */
export function knownType(type: string | undefined): void {
  if (type && !resourceTypes.some((known) => known.type === type))
    throw new UsedWrongly(
      `There is no type “${type}”. There are: ${resourceTypes.map((known) => known.type).join(', ')}.`,
    )
}

/** What was there at that moment, in milliseconds. */
export async function listAsOf(time: number, { organization, type, limit, json }: Options): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { store } = guardpost.means
    const filter = { gone: false, limit, ...(type && { type }) }
    const found = await Promise.all(
      (await connectionsOf(guardpost, organization)).map(({ id }) => store.resources.asOf(id, time, filter)),
    )
    print(
      {
        rows: found.flat(),
        columns: {
          type: (row) => row.type,
          name: (row) => row.title,
          version: (row) => String(row.version),
          'known since': (row) => moment(row.at),
        },
        empty: `Nothing was recorded at ${moment(time)}. \`guardpost activities\` shows since when something is.`,
      },
      json,
    )
  })
}

/** What was known of one resource at that moment, by the name that it had then. */
export async function showAsOf(name: string, time: number, json: boolean | undefined): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { store } = guardpost.means
    const found: PastResource[] = []
    for (const { id } of await connectionsOf(guardpost, undefined))
      found.push(...(await store.resources.asOf(id, time, { title: name })))
    // A name may have been another's before: the one that was there, else the one that left last.
    const [resource] = found.toSorted((a, b) => leftAt(b) - leftAt(a) || b.id - a.id)
    if (!resource)
      throw new UsedWrongly(
        `${name} was not recorded at ${moment(time)}, or had another name. \`guardpost resources --as-of\` shows what was.`,
      )
    if (json) printJson(resource)
    else tell(resource, time)
  })
}

const leftAt = ({ goneAt }: PastResource): number => goneAt ?? Number.MAX_SAFE_INTEGER

function tell({ title, type, version, at, goneAt, goneReason, data }: PastResource, time: number): void {
  say(`${title}, a ${type}, as of ${moment(time)}\nVersion ${version}, known since ${moment(at)}.`)
  if (goneAt !== null) say(`It was gone since ${moment(goneAt)}: ${goneReason ?? 'not known why'}`)
  say('')
  print(
    {
      rows: Object.entries(data),
      columns: { field: ([field]) => field, value: ([, value]) => inWords(value) },
      empty: 'Nothing was known of it yet.',
    },
    false,
  )
}
