import type { Field, ResourceType } from '../../model/resource-type.ts'
import { json, number, quoted, type ShownColumn, type ShownTable, text, time } from './shown-table.ts'

/** What a view needs to know of a resource type. */
export type ViewedType = Pick<ResourceType, 'type' | 'view' | 'fields'>

/** Resources as of a moment: each at its newest version by then. Its columns are named as those of `resources`. */
const resourcesThen = (moment: number): string => `(
  select v.connection_id, v.resource_id as id, r.type, r.node_id, v.parent_id, v.title, v.data, v.version,
    r.created_at, v.gone_at, v.gone_reason
  from versions v join resources r on r.connection_id = v.connection_id and r.id = v.resource_id
  where v.version = (select max(known.version) from versions known where known.connection_id = v.connection_id
    and known.resource_id = v.resource_id and +known.at <= ${moment}))`

const before = [
  number('connection_id', 'The connection it is reached by: see guardpost_connection.'),
  number('resource_id', 'Its id in Guardpost, as other guardpost tables name it.', '"id"'),
  text('node_id', "GitHub's node id, which stays over renames and transfers."),
  text('title', 'What people call it.'),
]
const after = [
  time('last_seen_at', 'When it was last known to be there. Not remembered.', '"last_seen_at"', 'null'),
  number('version', 'Counts its changes from 1.'),
]

/** The live resources of a type, a column per field. */
export function resourceTable({ type, view, fields }: ViewedType): ShownTable {
  const named = Object.entries(fields).map(([name, field]) => fieldColumn(view, name, field))
  const only = `where "type" = ${quoted(type, "'")} and "gone_at" is null`
  return {
    name: view,
    about: `${type}: those that are there.`,
    columns: [...before, ...named, ...after],
    hasPast: true,
    now: `"resources" ${only}`,
    past: (moment) => `${resourcesThen(moment)} ${only}`,
  }
}

/** GitHub's number is `id`, as in Steampipe's GitHub plugin; GraphQL, whose names our fields bear, says `databaseId`. */
const renamed: Readonly<Record<string, string>> = { databaseId: 'id' }

function fieldColumn(view: string, field: string, { kind, about, quiet }: Field): ShownColumn {
  const name = renamed[field] ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  if ([...before, ...after].some((fixed) => fixed.name === name))
    throw new Error(
      `The field ${field} would hide the column ${name} that every view has: name it otherwise (${view}).`,
    )
  const path = quoted(`$."${field}"`, "'")
  // `json_extract` gives the text of a JSON string and 1 or 0 for true or false; `->` gives JSON, whatever it is.
  const sql = kind === 'json' ? `nullif("data" -> ${path}, 'null')` : `json_extract("data", ${path})`
  return { name, kind, about: quiet ? `${about} Not remembered.` : about, sql, ...(quiet && { past: 'null' }) }
}

/** Everything that is or was recorded, of every type, with its data as JSON. */
export function resourcesTable(types: readonly ViewedType[]): ShownTable {
  return {
    name: 'guardpost_resource',
    about: 'Every resource of every type, also those that are gone.',
    columns: [
      ...before,
      text('type', 'Its type, as `GitHub > Repository`.'),
      number('parent_id', 'The resource_id of what it lies below.'),
      json('data', 'All that is known of it.', '"data"', remembered(types)),
      time('created_at', 'When it was first recorded.'),
      ...after,
      time('gone_at', 'When it was found gone.'),
      text('gone_reason', 'Why it is gone, as far as is known.'),
    ],
    hasPast: true,
    now: '"resources"',
    past: resourcesThen,
  }
}

/** The states that resources went through. */
export function versionsTable(types: readonly ViewedType[]): ShownTable {
  const all = `(select v.*, r.type, r.node_id from versions v
    join resources r on r.connection_id = v.connection_id and r.id = v.resource_id)`
  return {
    name: 'guardpost_version',
    about: 'Every state that a resource went through.',
    columns: [
      number('connection_id', 'The connection it is reached by.'),
      number('resource_id', 'The resource.'),
      text('type', 'The type of the resource.'),
      text('node_id', "GitHub's node id of the resource."),
      number('version', 'Counts its changes from 1.'),
      time('at', 'When Guardpost knew.'),
      time('changed_at', "GitHub's own time of the state, where it tells one.", '"revision"'),
      text('title', 'What people called it.'),
      number('parent_id', 'The resource_id of what it lay below.'),
      json('data', 'All that was known of it, but for fields that make no version.', remembered(types)),
      time('gone_at', 'When it was found gone.'),
      text('gone_reason', 'Why it was gone, as far as is known.'),
    ],
    hasPast: true,
    now: all,
    past: (moment) => `${all} where "at" <= ${moment}`,
  }
}

/** Data without the quiet fields: a version holds them, but not as of any particular moment. */
function remembered(types: readonly ViewedType[]): string {
  const cases = types.flatMap(({ type, fields }) => {
    const paths = Object.keys(fields).flatMap((name) => (fields[name]?.quiet ? [quoted(`$."${name}"`, "'")] : []))
    return paths.length > 0 ? [`when ${quoted(type, "'")} then json_remove("data", ${paths.join(', ')})`] : []
  })
  return cases.length > 0 ? `case "type" ${cases.join(' ')} else "data" end` : '"data"'
}
