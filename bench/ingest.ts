import { type ChildProcess, fork } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { appHookPath } from '../src/server/webhooks.ts'
import { load, signedPayloads } from './ingest/load.ts'
import { wholeNumber } from './whole-number.ts'

/**
 * How many deliveries a second are answered, each kept for good before its answer, against a stock Probot server that keeps
 * nothing and a bare one. One after the other, several rounds, so that what else the machine does weighs on all alike.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '64' },
    profile: { type: 'string' },
  },
})
const goal = 1.2
const secret = 'the secret of the App, for a benchmark'
const kinds = ['guardpost', 'working', 'probot', 'bare'] as const
const folder = mkdtempSync(join(tmpdir(), 'guardpost-ingest-'))
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

const children: ChildProcess[] = []
async function start(kind: string): Promise<{ child: ChildProcess; pid: number; port: number }> {
  const child = fork(new URL('./ingest/server.ts', import.meta.url), [kind], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      APP_ID: '1',
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: secret,
      HOST: '127.0.0.1',
      PORT: '0',
      GHE_HOST: '127.0.0.1:1',
      GHE_PROTOCOL: 'http',
      GUARDPOST_SECRET_KEY: 'ab'.repeat(32),
      DATABASE_URL: `file:${join(folder, `${kind}.sqlite`)}`,
      LOG_LEVEL: 'fatal',
    },
    execArgv: values.profile === kind ? ['--cpu-prof', `--cpu-prof-dir=${process.cwd()}`] : [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  children.push(child)
  const [{ port }] = await once(child, 'message')
  return { child, pid: child.pid ?? 0, port }
}

/** What is left to be done is done before another is measured, and counts as well. */
async function rest(child: ChildProcess): Promise<void> {
  const rested = once(child, 'message')
  child.send('rest')
  await rested
}

/** Processor time of a process so far, in microseconds. */
function processorUs(pid: number): number {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number)
  return (user + system) * 10_000
}

const payloads = signedPayloads(secret)
const started = new Map(await Promise.all(kinds.map(async (kind) => [kind, await start(kind)] as const)))
const measured: Record<string, number[]> = Object.fromEntries(kinds.map((kind) => [kind, []]))
const processor: Record<string, number[]> = Object.fromEntries(kinds.map((kind) => [kind, []]))
for (let round = 0; round <= wholeNumber('--rounds', values.rounds); round++) {
  const line: Record<string, number> = {}
  for (const kind of kinds) {
    const until = { milliseconds: wholeNumber('--seconds', values.seconds) * 1_000 }
    const path = appHookPath
    const receiver = started.get(kind)
    if (!receiver) continue
    const { child, pid, port } = receiver
    const before = processorUs(pid)
    const answers = await load(payloads, {
      port,
      path,
      connections: wholeNumber('--connections', values.connections),
      until,
    })
    const wrong = Object.keys(answers.statuses).filter((status) => !['200', '202'].includes(status))
    await rest(child)
    if (wrong.length > 0) throw new Error(`${kind} answered ${JSON.stringify(answers.statuses)}`)
    line[kind] = answers.perSecond
    line[`${kind}Us`] = Math.round(
      (processorUs(pid) - before) / Object.values(answers.statuses).reduce((a, b) => a + b),
    )
  }
  console.log(JSON.stringify({ round, ...line, ...(round === 0 && { warmUp: true }) }))
  if (round > 0)
    for (const kind of kinds) {
      measured[kind]?.push(line[kind] ?? 0)
      processor[kind]?.push(line[`${kind}Us`] ?? 0)
    }
}
for (const child of children) child.kill()
await Promise.all(children.map((child) => child.exitCode ?? once(child, 'exit')))
rmSync(folder, { recursive: true, force: true })

const median = (figures: readonly number[]): number => figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? 0
const perSecond = Object.fromEntries(kinds.map((kind) => [kind, median(measured[kind] ?? [])]))
const over = (ours: (typeof kinds)[number], theirs: (typeof kinds)[number]) =>
  Math.round(median((measured[ours] ?? []).map((figure, round) => figure / (measured[theirs]?.[round] ?? 1))) * 100) /
  100
const summary = {
  bench: 'ingest',
  cores: cpus().length,
  connections: wholeNumber('--connections', values.connections),
  bytes: median(payloads.map(({ body }) => body.length)),
  perSecond,
  vsProbot: over('guardpost', 'probot'),
  vsBare: over('guardpost', 'bare'),
  workingVsProbot: over('working', 'probot'),
  /**
   * Processor time of an answer and what follows from it, in microseconds: what other processes do weighs less on it. With
   * `guardpost` nothing follows yet, with `working` all of it.
   */
  processorUs: Object.fromEntries(kinds.map((kind) => [kind, median(processor[kind] ?? [])])),
  load: loadavg()[0],
  goal,
}
const ok = summary.vsProbot >= goal
console.log(JSON.stringify({ ...summary, ok }))
process.exitCode = ok ? 0 : 1
