import type { RequestKind } from './request-kind.ts'

/** The limits by name: those of the options, and `imposed` where a fault says so. */
export type LimitKind =
  | 'primary'
  | 'graphPoints'
  | 'auditLog'
  | 'concurrent'
  | 'restPointsPerMinute'
  | 'graphPointsPerMinute'
  | 'contentPerMinute'
  | 'contentPerHour'
  | 'imposed'

/** A request that was refused by a limit. Times in milliseconds since 1970. */
export interface LimitHit {
  readonly at: number
  readonly caller: string
  readonly kind: LimitKind
  /** Before then nothing of the kind should be asked again. */
  readonly until: number
  /** Asked although an earlier refusal had been answered and its wait was not over. */
  readonly again: boolean
}

/** What a wait concerns: the kinds of requests that share the limit. */
type Scope = 'rest' | 'graphql' | 'content' | 'audit log' | 'all'

const scopes: Readonly<Record<LimitKind, Scope>> = {
  primary: 'rest',
  graphPoints: 'graphql',
  auditLog: 'audit log',
  concurrent: 'all',
  restPointsPerMinute: 'rest',
  graphPointsPerMinute: 'graphql',
  contentPerMinute: 'content',
  contentPerHour: 'content',
  imposed: 'all',
}

export interface Wait {
  readonly kind: LimitKind
  readonly until: number
  /** The number of the newest request when the first refusal was out; nothing before. */
  told?: number
}

export interface Waits {
  /** The wait that stands against such a request of this caller. */
  standing(caller: string, request: RequestKind): Wait | undefined
  begin(caller: string, kind: LimitKind, until: number): Wait
}

export function createWaits(now: () => number): Waits {
  const waits = new Map<string, Wait[]>()
  return {
    standing: (caller, { graphql, content, free, resource }) => {
      const open = (waits.get(caller) ?? []).filter(({ until }) => until > now())
      waits.set(caller, open)
      const concerns = (scope: Scope) =>
        ({
          all: true,
          'audit log': resource === 'audit_log',
          content,
          graphql,
          rest: !graphql,
        })[scope]
      return open.find(({ kind }) => concerns(scopes[kind]) && !((free || resource !== 'core') && kind === 'primary'))
    },
    begin: (caller, kind, until) => {
      const wait: Wait = { kind, until }
      waits.set(caller, [...(waits.get(caller) ?? []), wait])
      return wait
    },
  }
}
