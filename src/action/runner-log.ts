import { debug, error, info, warning } from '@actions/core'
import { type Logger, pino } from 'pino'

/** The log as the runner shows it: the message alone, since fields may name what a summary would not. */
export const runnerLog = (level: string): Logger =>
  pino(
    { level },
    {
      write(line) {
        const { level, msg } = JSON.parse(line) as { level: number; msg?: string }
        sayAs(level)(msg ?? line)
      },
    },
  )

/** Pino's numbers: 50 is an error, 40 a warning, 30 information. */
function sayAs(level: number): (text: string) => void {
  if (level >= 50) return error
  if (level >= 40) return warning
  return level >= 30 ? info : debug
}
