import type { WriteStream } from 'node:tty'
import yoctoSpinner from 'yocto-spinner'

/**
 * Shows on a terminal that something takes its time, until it is over. On standard error, so that what is printed stays
 * whole; in a pipe nothing is shown.
 */
export async function spinning<T>(
  text: string,
  work: () => Promise<T>,
  stream: WriteStream = process.stderr,
): Promise<T> {
  if (!stream.isTTY) return work()
  const spinner = yoctoSpinner({ text, stream }).start()
  try {
    return await work()
  } finally {
    spinner.stop()
  }
}
