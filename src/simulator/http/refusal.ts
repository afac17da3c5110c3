/** An answer that is not what was asked for, thrown from wherever it is found out. */
export class Refusal extends Error {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    { body = {}, headers = {} }: { body?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(message)
    this.status = status
    this.body = body
    this.headers = headers
  }
}

export const notFound = (): Refusal => new Refusal(404, 'Not Found')

export interface FieldError {
  readonly resource: string
  readonly code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'unprocessable' | 'custom'
  readonly field?: string
  readonly message?: string
}

/** A body that is well formed and still wrong. */
export const validationFailed = (...errors: readonly FieldError[]): Refusal =>
  new Refusal(422, 'Validation Failed', { body: { errors } })

/** A body that breaks the schema of its operation. */
export const invalidRequest = (...problems: readonly string[]): Refusal =>
  new Refusal(422, `Invalid request.\n\n${problems.join('\n')}`)
