/** `guardpost … | head`: whoever reads us has read enough, which is no error. */
export function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || error.code === 'EIO') process.exit()
      throw error
    })
}
