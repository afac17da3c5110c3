#!/usr/bin/env node
// Plain JavaScript that an old Node can read: nothing is loaded before the Node at hand is known to do.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 18)) {
  const { main } = await import('./main.ts')
  process.exitCode = await main(process.argv)
} else {
  console.error(`Guardpost needs Node 22.18 or later; this is Node ${process.versions.node}.`)
  console.error(
    'In a checkout, `npm start` and `npm run guardpost` bring their own Node; else see https://nodejs.org/.',
  )
  process.exitCode = 2
}
