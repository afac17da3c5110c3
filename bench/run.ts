const folder = new URL('.', import.meta.url)
const names = [
  'api',
  'api-fuzz',
  'burst',
  'console',
  'crash',
  'discover',
  'enforce',
  'evaluate',
  'faults',
  'fuzz',
  'ingest',
  'latency',
  'plan',
  'policies',
]

const [name, ...rest] = process.argv.slice(2)
if (name !== undefined && names.includes(name)) {
  process.argv.splice(2, process.argv.length, ...rest)
  await import(new URL(`${name}.ts`, folder).href)
} else {
  console.log(`npm run bench -- NAME [options]\n\n${names.map((each) => `  ${each}`).join('\n')}`)
  process.exitCode = name === undefined ? 0 : 2
}
