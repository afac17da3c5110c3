import { guardpostTables } from './guardpost-tables.ts'
import { resourcesTable, resourceTable, type ViewedType, versionsTable } from './resource-tables.ts'
import type { ShownTable } from './shown-table.ts'

/** Everything that can be asked in SQL, by name. */
export const shownTables = (types: readonly ViewedType[]): ShownTable[] =>
  [...types.map(resourceTable), ...guardpostTables, resourcesTable(types), versionsTable(types)].toSorted((a, b) =>
    a.name.localeCompare(b.name),
  )
