import { readFileSync } from 'node:fs'

/** How often we look whether whoever started us is still there, in milliseconds. */
const rhythm = 250

/** Aborted when the demo shall end: by a signal, or because whoever started it (npm, a shell) is gone. */
export function ending(): AbortSignal {
  const controller = new AbortController()
  const end = () => controller.abort()
  // Not `once`: Ctrl-C comes twice under npm, and the second must not cut the cleaning up short.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  const starters = lineage()
  const timer = setInterval(() => {
    if (String(lineage()) !== String(starters)) end()
  }, rhythm)
  timer.unref()
  return controller.signal
}

/** Our parent, and npm above it where the shell that npm runs scripts by stands between. */
function lineage(): number[] {
  const parent = process.ppid
  const above = process.env.npm_lifecycle_event === undefined ? null : parentOfShell(parent)
  return above === null ? [parent] : [parent, above]
}

/** Null where the process is no shell, or the system does not say so under /proc. */
function parentOfShell(pid: number): number | null {
  try {
    const [, name, parent] = /\((.*)\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return /^(sh|dash|bash|ash|busybox)$/.test(name ?? '') ? Number(parent) : null
  } catch {
    return null
  }
}
