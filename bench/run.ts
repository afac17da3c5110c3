import { UsedWrongly } from './whole-number.ts'

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
  try {
    await import(new URL(`${name}.ts`, folder).href)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!(error instanceof UsedWrongly) && !code.startsWith('ERR_PARSE_ARGS')) throw error
    console.error((error as Error).message)
    process.exitCode = 2
  }
} else {
  console.log(`npm run bench -- NAME [options]\n\n${names.map((each) => `  ${each}`).join('\n')}`)
  process.exitCode = name === undefined ? 0 : 2
}
