import type { Connection } from './connection.ts'
import type { ControlRecord, Run } from './control.ts'
import type { ControlType } from './control-type.ts'
import type { GitHub } from './github.ts'
import type { Permissions } from './permission.ts'
import type { Report } from './report.ts'
import type { Resource } from './resource.ts'

/** The repository that reports go to. */
export interface ReportingPlace {
  readonly owner: string
  readonly name: string
  readonly nodeId: string
  /** Null while it is empty: there is no commit to check. */
  readonly defaultBranch: string | null
  /** Its newest known head; null when no push told of it yet. */
  readonly headSha: string | null
  /** False: everybody can read it, and it is told a state and a link only. */
  readonly mayTellDetails: boolean
}

/** What there is to say. */
export interface Saying {
  readonly connection: Connection
  readonly control: ControlRecord
  readonly type: Pick<ControlType, 'path' | 'title' | 'risk' | 'advice'>
  readonly resource: Resource
  readonly run: Run
  readonly place: ReportingPlace
  /** The control's own page, where more is told to those who may know; null when we have no address. */
  readonly page: string | null
}

/** A repository that reports went to, as GitHub has it now, and the controls that were said there. */
export interface Farewell {
  readonly connection: Connection
  readonly owner: string
  readonly name: string
  readonly defaultBranch: string | null
  readonly controls: readonly Pick<ControlRecord, 'id' | 'path'>[]
}

/** Says a control's state somewhere on GitHub. Saying the same again writes nothing. */
export interface Reporter {
  readonly kind: Report['kind']
  /** Check runs are for Apps only. */
  readonly serves: readonly Connection['kind'][]
  readonly needs: { readonly permissions: Permissions; readonly why: string }
  /** Returns the report as it now stands, or null when there is nothing to say and nothing was said. */
  report(github: GitHub, author: string, saying: Saying, last: Report | null, now: number): Promise<Report | null>
  /** Ends what we say in one repository, for good: nobody waits for us there. Doing it again writes nothing. */
  retire(github: GitHub, author: string, farewell: Farewell): Promise<void>
}
