import type { Selectable } from 'kysely'
import type { AccessTables } from './access-tables.ts'
import type { ConnectionTables } from './connection-tables.ts'
import type { ControlTables } from './control-tables.ts'
import type { DeliveryTables } from './delivery-tables.ts'
import type { EnforcementTables } from './enforcement-tables.ts'
import type { JobTables } from './job-tables.ts'
import type { PolicyTables } from './policy-tables.ts'
import type { ResourceTables } from './resource-tables.ts'

/** The tables as TypeScript sees them: columns in camelCase, in the database in snake_case. Times in milliseconds. */
export interface Database
  extends ConnectionTables,
    DeliveryTables,
    JobTables,
    ResourceTables,
    PolicyTables,
    ControlTables,
    EnforcementTables,
    AccessTables {
  facts: FactTable
}

/** What the database knows of itself. */
interface FactTable {
  name: string
  value: Buffer
}

/** A row of a table as it is read. */
export type Row<Table extends keyof Database> = Selectable<Database[Table]>
