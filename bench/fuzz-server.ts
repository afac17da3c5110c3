import { connect } from 'node:net'
import type { Attempt } from './fuzz-requests.ts'

/** What came back for all the attempts made. */
export interface Fuzzed {
  readonly attempts: number
  /** By status; `none` where the connection ended without one. */
  readonly answers: Readonly<Record<string, number>>
  /** GUIDs that may have been kept: those signed rightly. */
  readonly signed: ReadonlySet<string>
  /** Answers that should not have been, with the kind of attempt they came for. */
  readonly violations: readonly string[]
}

/** A request that is not whole is never answered: how long to wait for what does not come, in milliseconds. */
const patience = { signed: 20_000, forged: 300 }
/** How long to listen for an answer too many, in milliseconds. */
const tail = 2

/** Makes so many attempts, some at a time, each on a connection of its own. */
export async function fuzz(
  address: string,
  next: () => Attempt,
  { count, atOnce }: { count: number; atOnce: number },
  during: (made: number) => void = () => {},
): Promise<Fuzzed> {
  const answers: Record<string, number> = {}
  const signed = new Set<string>()
  const violations: string[] = []
  let made = 0
  const one = async () => {
    while (made < count) {
      during(made++)
      const attempt = next()
      const statuses = await say(address, attempt)
      for (const guid of attempt.signed) signed.add(guid)
      for (const status of statuses) answers[status] = (answers[status] ?? 0) + 1
      violations.push(...wrongIn(attempt, statuses))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return { attempts: made, answers, signed, violations }
}

function wrongIn({ name, signed, hangUp }: Attempt, statuses: readonly string[]): string[] {
  const taken = statuses.filter((status) => status === '202').length
  const wrong = statuses
    .filter((status) => Number(status) >= 500 && status !== '503')
    .map((status) => `${name}: ${status}`)
  if (taken > signed.length) wrong.push(`${name}: ${taken} taken, of which ${signed.length} were signed`)
  if (taken < signed.length && !hangUp) wrong.push(`${name}: ${taken} taken of ${signed.length} that were signed`)
  if (signed.length === 0 && statuses.includes('200')) wrong.push(`${name}: 200`)
  return wrong
}

/** Says it all at once, and hears until everything is answered, or nothing more is to be expected. */
function say(address: string, { bytes, signed, requests, hangUp }: Attempt): Promise<string[]> {
  const { hostname, port } = new URL(address)
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect(Number(port), hostname)
    const statuses = () => [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status ?? '')
    const end = () => {
      clearTimeout(timer)
      socket.destroy()
      resolve(statuses().length > 0 ? statuses() : ['none'])
    }
    const timer = setTimeout(end, signed.length > 0 ? patience.signed : patience.forged)
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
      if (statuses().length >= requests) setTimeout(end, tail)
    })
    socket.on('error', end)
    socket.on('close', end)
    socket.write(bytes, () => {
      if (hangUp) end()
    })
  })
}
