import type { ControlState } from '../../src/model/control-state.ts'
import type { ReportingPlace, Saying } from '../../src/model/reporter.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { resourceOf } from '../controls/resource.ts'

export const now = Date.UTC(2026, 0, 15, 12)
export const author = 'guardpost[bot]'

interface Said {
  readonly place?: Partial<ReportingPlace>
  readonly verdict?: Partial<Verdict>
  readonly page?: string | null
}

/** A control of acme in a state, to be told in the private repository `acme/.github-private`. */
export function sayingOf(state: ControlState, reason: string, { place, verdict, page = null }: Said = {}): Saying {
  const path = 'GitHub > Organization > Event Handlers'
  return {
    connection: {
      id: 3,
      kind: 'app',
      organizationId: 9919,
      organizationNodeId: 'O_kgDOAAAAAQ',
      login: 'acme',
      installationId: 4711,
      status: 'active',
      createdAt: 0,
    },
    control: {
      id: 7,
      connectionId: 3,
      resourceId: 1,
      path,
      state,
      reason,
      since: now,
      lastRunAt: now,
      lastRunId: 1,
    },
    type: { path, title: 'The events arrive.', risk: 'Changes go unheard.', advice: 'Open the page.' },
    resource: resourceOf('GitHub > Organization', {}),
    run: {
      id: 1,
      connectionId: 3,
      controlId: 7,
      cause: 'start',
      value: 'Check: Enabled',
      verdict: { state, reason, evidence: [], diagnoses: [], ...verdict },
      calls: [],
      startedAt: now,
      endedAt: now,
    },
    place: {
      owner: 'acme',
      name: '.github-private',
      nodeId: 'R_private',
      defaultBranch: 'main',
      headSha: 'aa218f56b14c9653891f9e74264a383fa43fefbd',
      mayTellDetails: true,
      ...place,
    },
    page,
  }
}
