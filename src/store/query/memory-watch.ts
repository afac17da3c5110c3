import { workerData } from 'node:worker_threads'

/** In bytes. */
const { most } = workerData as { most: number }

/** In milliseconds. */
const rhythm = 20

// The thread that asks SQLite hears nothing until SQLite is done: only the end of the process frees what it holds.
setInterval(() => {
  if (process.memoryUsage.rss() > most) process.kill(process.pid, 'SIGKILL')
}, rhythm)
