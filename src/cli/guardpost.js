#!/usr/bin/env node
import { existsSync } from 'node:fs'

// Plain JavaScript that an old Node can read: nothing is loaded before the Node at hand is known to do.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 18)) {
  // What the environment says already goes first.
  if (existsSync('.env')) process.loadEnvFile('.env')
  Promise.all([import('./end-with-reader.ts'), import('./main.ts')])
    .then(([{ endWithReader }, { main }]) => {
      endWithReader()
      return main(process.argv)
    })
    .then((status) => {
      process.exitCode = status
    })
} else {
  console.error(`Guardpost needs Node 22.18 or later; this is Node ${process.versions.node}.`)
  console.error(
    'In a checkout, npm brings the right one: `npm run demo`, `npm start`, `npm run guardpost -- --help`. ' +
      'Elsewhere, install it from https://nodejs.org/.',
  )
  process.exitCode = 2
}
