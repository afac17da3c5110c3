import { mkdirSync, rmSync } from 'node:fs'

// Makes the folder it is given, and removes it as soon as whoever started it is gone. Being a process of its own, it
// does so even where that one was killed outright; told to end, it still waits for that moment.
const [, , folder = ''] = process.argv
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
process.once('disconnect', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
mkdirSync(folder, { mode: 0o700 })
process.send?.('made', () => {})
