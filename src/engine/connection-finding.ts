import type { NewConnection } from '../model/connection.ts'
import type { Diagnosis, Remedy } from '../model/diagnosis.ts'
import { Refusal } from '../model/github.ts'

/** One thing that was looked at. `warning`: it works in part; `refused`: it cannot work at all. */
export interface Finding {
  readonly about: string
  readonly found: string
  readonly level: 'ok' | 'warning' | 'refused'
  readonly remedy?: Remedy
}

/** What was found; `wanted` is null where nothing can be connected. */
export interface Checked {
  readonly wanted: NewConnection | null
  readonly findings: readonly Finding[]
}

/** Nothing is kept of what cannot work. */
export const isRefused = ({ wanted, findings }: Checked): boolean =>
  wanted === null || findings.some(({ level }) => level === 'refused')

type Tried<Answer> = { readonly answer: Answer } | { readonly finding: Finding }

/** A refusal is an answer about the connection; one that only says "later" is thrown on. */
export async function answerOf<Answer>(about: string, ask: () => Promise<Answer>): Promise<Tried<Answer>> {
  try {
    return { answer: await ask() }
  } catch (error) {
    if (!(error instanceof Refusal) || error.retryAt !== null) throw error
    return { finding: findingOf(error.diagnosis, about, 'refused') }
  }
}

const findingOf = ({ reason, remedy }: Diagnosis, about: string, level: Finding['level']): Finding => ({
  about,
  found: reason,
  level,
  ...(remedy && { remedy }),
})

/** A person's account has repositories, but nothing that Guardpost guards. */
export const personal = (login: string): Finding => ({
  about: 'Organization',
  found: `${login} is a person's account. Guardpost guards organizations.`,
  level: 'refused',
})
