import { AsyncLocalStorage } from 'node:async_hooks'

type Fields = Readonly<Record<string, unknown>>

const context = new AsyncLocalStorage<Fields>()

/** Whatever is logged while the work goes on, by whomever, bears these fields: the job, the delivery, the request it serves. */
export function withLogFields<T>(fields: Fields, work: () => T): T {
  return context.run({ ...context.getStore(), ...fields }, work)
}

/** The fields of the work under way, as pino's `mixin`. */
export const logFields = (): Record<string, unknown> => ({ ...context.getStore() })
