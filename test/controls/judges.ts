import { describe, expect, it } from '@jest/globals'
import type { ControlType } from '../../src/model/control-type.ts'
import type { Diagnosis } from '../../src/model/diagnosis.ts'
import type { Resource } from '../../src/model/resource.ts'
import { connection } from '../resources/examples.ts'
import { type Asked, recordingGitHub } from './recording-github.ts'
import { resourceOf } from './resource.ts'

/** What is beside the resource: the plan, sub-policies, related resources. */
interface Beside {
  readonly plan?: string
  readonly values?: Readonly<Record<string, unknown>>
  readonly related?: Readonly<Record<string, object | null>>
}

/** A value, what GitHub says, the verdict as `state: reason`, what Enforce then writes (nothing: it must not), and what is beside. */
type Row<Payload> = readonly [
  wanted: string,
  payload: Payload,
  verdict: string,
  writes?: Readonly<Record<string, object>> | null,
  beside?: Beside,
]

const refusal: Diagnosis = { code: 'permission-not-granted', reason: 'GET was refused: a permission is missing.' }
const plan: Diagnosis = { code: 'plan', reason: 'The plan of acme does not include it: Upgrade to GitHub Team.' }

type Any = ControlType<never, never, never>

/** Every row judged and enforced; and whatever is asked for, what is said while GitHub refuses, or was not read yet. */
export function judges<Data, Related, Values, Payload>(
  control: ControlType<Data, Related, Values>,
  saying: (payload: Payload) => Promise<Resource<Data>>,
  rows: readonly Row<Payload>[],
  always: Beside = {},
): void {
  const any = control as unknown as Any
  const values = [...new Set(rows.map(([wanted]) => wanted))]
  const input = (resource: Resource<Data>, wanted: string, { plan, values = {}, related = {} }: Beside = {}) =>
    ({ resource, wanted, values, related, plan: plan ?? null, now: 1_000 }) as never
  const judged = (...given: Parameters<typeof input>) => {
    const { state, reason } = any.evaluate(input(...given))
    return `${state}: ${reason}`
  }

  describe(control.path, () => {
    it('has a row for every value that may be asked for', () => {
      const offered = (control.policy.values ?? []).flatMap((value) => value.split(/^Check: /)[1] ?? [])
      expect(values.toSorted()).toEqual(offered.toSorted())
    })

    it('has a row for every cell: each value satisfied, violated, not known and, of a repository, archived', () => {
      expect(values.flatMap((value) => missingCells(control, value, rows))).toEqual([])
    })

    it.each(rows.map((row) => [`${row[0]}, ${JSON.stringify(row[1])}`, row] as const))('%s', async (_name, row) => {
      const [wanted, payload, verdict, writes, beside] = row
      const resource = await saying(payload)
      expect(judged(resource, wanted, beside)).toBe(verdict)
      expect(await written(any, input(resource, wanted, beside))).toEqual(writes ? Object.entries(writes) : [])
    })

    it.each(values)(
      '%s: what GitHub refuses is an Error with its reason, and what the plan lacks Skipped',
      (wanted) => {
        for (const [refused, verdict] of [
          [refusal, `error: ${refusal.reason}`],
          [plan, `skipped: ${plan.reason}`],
        ] as const) {
          const { resource, related } = refusing(control, refused)
          expect(judged(resource, wanted, { ...always, related })).toBe(verdict)
        }
      },
    )

    it.each(values)('%s: what was never read is TBD, and nothing is written', async (wanted) => {
      const related = Object.fromEntries(Object.keys(control.related).map((name) => [name, null]))
      const unread = resourceOf<Data>(control.target, {}, { readAt: null })
      expect(judged(unread, wanted, { ...always, related })).toMatch(/^tbd: .* yet.*\.$/)
      expect(await written(any, input(unread, wanted, { ...always, related }))).toEqual([])
    })
  })
}

/** What GitHub refuses, what its plan lacks by its own word, and what was never read are asked of every value anyway. */
function missingCells<Data, Related, Values, Payload>(
  { path, target, readsPlan, reads }: ControlType<Data, Related, Values>,
  value: string,
  rows: readonly Row<Payload>[],
): string[] {
  const own = rows.filter(([wanted]) => wanted === value)
  const has = (verdict: RegExp, payload = /^/) =>
    own.some((row) => verdict.test(row[2]) && payload.test(JSON.stringify(row[1])))
  const cells = {
    satisfied: has(/^ok: /),
    violated: has(/^alarm: /),
    'not known': has(/^tbd: .*(not known|not (been )?read yet)/),
    archived: target !== 'GitHub > Repository' || has(/^/, /"isArchived":true/),
    // Not every value needs a plan: that is what the rows of the others say.
    'plan lacks it':
      !(readsPlan || (reads as readonly string[]).includes('planName')) ||
      rows.some(([, , verdict, , beside]) => verdict.startsWith('skipped: ') && beside?.plan !== undefined),
  }
  return Object.entries(cells).flatMap(([cell, isThere]) => (isThere ? [] : [`${path}, ${value}: ${cell}`]))
}

/** The resource that the control is judged by cannot be read. */
function refusing<Data, Related, Values>(control: ControlType<Data, Related, Values>, refusal: Diagnosis) {
  const names = Object.entries<string>(control.related)
  const related = Object.fromEntries(names.map(([name, type]) => [name, resourceOf(type, {}, { refusal })]))
  const own = names.length === 0 ? { refusal } : {}
  return { resource: resourceOf<Data>(control.target, {}, own), related }
}

async function written(control: Any, input: never): Promise<[string, object][]> {
  const { github, asked } = recordingGitHub(new Proxy({}, { get: () => () => ({ data: {} }) }))
  await control.enforce?.({ ...(input as object), connection: { ...connection, login: 'acme' }, github } as never)
  return asked.filter(isWrite).map(({ route, parameters }) => [route, parameters])
}

const isWrite = ({ route }: Asked) => !/^(GET|query) /.test(route)
