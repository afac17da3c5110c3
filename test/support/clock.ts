import { jest } from '@jest/globals'

/** The machine's clock, which a test puts forward. */
export interface Clock {
  pass(milliseconds: number): void
}

/** Stands in for `Date.now` until jest restores it. */
export function clockAhead(): Clock {
  const machine = Date.now.bind(Date)
  let ahead = 0
  jest.spyOn(Date, 'now').mockImplementation(() => machine() + ahead)
  return {
    pass: (milliseconds) => {
      ahead += milliseconds
    },
  }
}
