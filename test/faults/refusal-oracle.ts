import type { Diagnosis } from '../../src/model/diagnosis.ts'
import { satisfies } from '../../src/model/permission.ts'
import type { Asked } from './faulty-world.ts'
import { during, type Truth, type Window } from './truth.ts'

/** Why a refusal that somebody claims was none; null where it really was so at some moment of the window. */
export function falseRefusal(truth: Truth, { code, missing, call, reason }: Diagnosis, window: Window): string | null {
  const installation = during(truth.history.installations.get(truth.app.installationId), window)
  switch (code) {
    case 'permission-not-granted':
    case 'permission-not-requested': {
      const { key = '', needed } = missing ?? {}
      const wasMissing = installation.some((state) => !satisfies(state?.permissions[key], needed ?? 'read'))
      return wasMissing ? null : `\`${key}\` was granted all the time`
    }
    case 'event-not-granted':
    case 'event-not-requested':
      return installation.some((state) => !state?.events.includes(missing?.key ?? ''))
        ? null
        : `\`${missing?.key}\` was subscribed to all the time`
    case 'suspended':
      return installation.some((state) => state?.suspended) ? null : 'the installation was not suspended'
    case 'uninstalled':
      return installation.includes(null) ? null : 'the App was installed all the time'
    default:
      return wasRefused(truth, call ?? '', window) ? null : `GitHub refused nothing of the kind: ${code}, ${reason}`
  }
}

/** Whether GitHub itself said no. That it could not answer is no refusal. */
const wasRefused = ({ asked }: Truth, call: string, { from, to }: Window): boolean =>
  asked.some((one) => one.at >= from && one.at <= to && isRefused(one) && isOf(one, call))

const isOf = ({ request: { path, route } }: Asked, call: string): boolean =>
  call.includes(path === '/graphql' ? 'query ' : route)

/** To be asked to come later is no refusal either. */
const isRefused = ({ request: { status } }: Asked): boolean => status >= 400 && status < 500 && status !== 429

/** When GitHub had last refused that call by then, or anything where none is named: a judgement by it cannot be older. */
export const lastRefusal = ({ asked }: Truth, time: number, call = ''): number =>
  asked.findLast((one) => one.at <= time && isRefused(one) && (call === '' || isOf(one, call)))?.at ?? time
