import type { ControlState } from './control-state.ts'
import type { PolicyAnswer } from './policy.ts'
import type { Resource } from './resource.ts'
import type { Verdict } from './verdict.ts'

/** A policy type applied to one resource. */
export interface ControlRecord {
  readonly id: number
  readonly connectionId: number
  readonly resourceId: number
  /** The control's path, e.g. `GitHub > Organization > Event Handlers`. */
  readonly path: string
  readonly state: ControlState
  readonly reason: string
  /** When the state last became another one, in milliseconds. */
  readonly since: number
  readonly lastRunAt: number | null
  readonly lastRunId: number | null
}

/** One call that a run made to GitHub. */
export interface GitHubCall {
  readonly method: string
  /** The route with its parameters filled in, without query secrets; GraphQL by its operation name. */
  readonly path: string
  readonly status: number | null
  /** GraphQL refuses with status 200. */
  readonly isRefused?: true
  readonly requestId: string | null
  readonly at: number
  readonly durationMs: number
}

/** Whether a call changed something on GitHub; asking for a token and a GraphQL query do not. A mutation says that it is one. */
export const isWrite = ({ method, path }: GitHubCall): boolean =>
  method !== 'GET' && !path.endsWith('/access_tokens') && !/^\/graphql (?!mutation )/.test(path)

/** One judgement of a control, kept with all that led to it. */
export interface Run {
  readonly id: number
  readonly connectionId: number
  readonly controlId: number
  /** Why it ran, e.g. `repository.renamed`, `policy set`, `start`. */
  readonly cause: string
  readonly value: PolicyAnswer
  readonly verdict: Verdict
  readonly calls: readonly GitHubCall[]
  readonly startedAt: number
  readonly endedAt: number
}

export type NewRun = Omit<Run, 'id'>

/** How a control stands, as far as it takes to tell whether it comes to something else. */
export interface Standing extends Pick<ControlRecord, 'id' | 'resourceId' | 'path' | 'state' | 'reason' | 'since'> {
  /** What was asked for; null: not kept yet. */
  readonly value: PolicyAnswer | null
}

/** What one of many controls came to, judged by what is known. */
export interface Judgement extends Pick<NewRun, 'value' | 'verdict'> {
  readonly resource: Pick<Resource, 'id' | 'title'>
  readonly path: string
  /** Null: it is not there yet. */
  readonly before: Standing | null
}
