import { parseArgs } from 'node:util'
import type { Holding } from '../src/model/access.ts'
import { seeded } from '../src/simulator/random.ts'
import { at, canary, twoOrganizations } from '../test/server/api/two-organizations.ts'
import { apiRequests } from './api-fuzz-requests.ts'
import { wholeNumber } from './whole-number.ts'

/** Mutated requests to every endpoint by those who hold one of two organizations: no fault of ours, nothing of the other. */
const { values } = parseArgs({
  options: { requests: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
})
const count = wholeNumber('--requests', values.requests)
const random = seeded(wholeNumber('--seed', values.seed))
const town = await twoOrganizations()
const next = apiRequests(
  town.routes.filter(({ path }) => path !== '/events'),
  random,
)
const [repository] = town.acme.repositories
const holders: (readonly Holding[])[] = [[], at(town.acme.organization), at(repository ?? town.acme.organization)]
const answers: Record<number, number> = {}
const violations: object[] = []
const startedAt = performance.now()
for (let n = 0; n < count; n++) {
  const { path, ...init } = next()
  const holdings = holders[n % holders.length] ?? []
  // The server ends a connection whose body it did not read: what was on its way on it is asked again.
  const ask = () => town.ask(holdings, path, init)
  const answer = await ask().catch(ask)
  const text = await answer.text()
  answers[answer.status] = (answers[answer.status] ?? 0) + 1
  if (answer.status >= 500 || text.toLowerCase().includes(canary))
    violations.push({ n, path, ...init, status: answer.status, text: text.slice(0, 500) })
}
await town.close()
const ok = violations.length === 0
const seconds = (performance.now() - startedAt) / 1_000
console.log(
  JSON.stringify({
    bench: 'api-fuzz',
    requests: count,
    seed: wholeNumber('--seed', values.seed),
    perSecond: Math.round(count / seconds),
    answers,
    violations: violations.length,
    examples: violations.slice(0, 5),
    ok,
  }),
)
process.exitCode = ok ? 0 : 1
