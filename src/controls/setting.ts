import { alarm, type Evidence, ok, skipped, type Verdict } from '../model/verdict.ts'

/** What the fields of a resource say when a value of the policy is in place. */
export type Means<Data> = Readonly<Record<string, Readonly<Partial<Data>>>>

/** Fields that are not as they shall be, with what they shall be. */
export const differing = <Data>(
  data: Readonly<Partial<Data>>,
  asked: Readonly<Partial<Data>> | undefined,
): Partial<Data> =>
  Object.fromEntries(
    Object.entries(asked ?? {}).filter(([field, value]) => data[field as keyof Data] !== value),
  ) as Partial<Data>

/** Whether every field that is asked about is known. */
export const isKnown = <Data>(data: Readonly<Partial<Data>>, asked: Readonly<Partial<Data>> | undefined): boolean =>
  Object.keys(asked ?? {}).every((field) => data[field as keyof Data] !== undefined)

/**
 * Holds known fields against what a value of the policy means. `what` is the setting's name, and begins the sentence.
 * `lacking`: why the plan of the organization has no such setting; what is in place all the same is right.
 */
export function judgeSetting<Data>(
  what: string,
  data: Readonly<Partial<Data>>,
  { means, wanted, lacking }: { means: Means<Data>; wanted: string; lacking?: string | null | undefined },
): Verdict {
  const asked = means[wanted]
  const wrong = differing(data, asked)
  const evidence = Object.entries(asked ?? {}).map(([field, value]): Evidence => {
    const found = data[field as keyof Data]
    return { about: field, found: String(found), wanted: String(value), state: field in wrong ? 'alarm' : 'ok' }
  })
  if (Object.keys(wrong).length === 0) return ok(`${what}: ${wanted}.`, { evidence })
  if (lacking) return skipped(lacking, { evidence })
  return alarm(`${what}: ${nameOf(data, means)}, not ${wanted}.`, { evidence })
}

/** The value of the policy that is in place; where none is, the fields themselves. */
function nameOf<Data>(data: Readonly<Partial<Data>>, means: Means<Data>): string {
  const name = Object.keys(means).find((each) => Object.keys(differing(data, means[each])).length === 0)
  const fields = [...new Set(Object.values(means).flatMap((asked) => Object.keys(asked)))]
  return name ?? fields.map((field) => `${field} ${String(data[field as keyof Data])}`).join(', ')
}
