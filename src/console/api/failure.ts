import type { Problem } from './types.ts'

/** What the API answered instead of what was asked; `status` 0: it was not reached. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly status: number
  readonly title: string
  readonly errors: NonNullable<Problem['errors']>

  constructor(status: number, title: string, detail: string, errors: Problem['errors'] = []) {
    super(detail)
    this.status = status
    this.title = title
    this.errors = errors
  }
}

/** What a refusal says, in the API's own words where it has some. */
export async function failureOf(response: { status: number; text(): Promise<string> }): Promise<Failure> {
  const { title, detail, errors } = problemIn(await response.text())
  return new Failure(
    response.status,
    title ?? `Answer ${response.status}`,
    detail ?? 'Guardpost could not answer. Its log says why.',
    errors,
  )
}

function problemIn(text: string): Partial<Problem> {
  try {
    const said: unknown = JSON.parse(text)
    return said !== null && typeof said === 'object' ? said : {}
  } catch {
    return {}
  }
}

export const unreached = (): Failure =>
  new Failure(0, 'Guardpost does not answer', 'The server could not be reached. The page asks again as soon as it can.')
