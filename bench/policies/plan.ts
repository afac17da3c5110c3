import { controlTypes } from '../../src/controls/index.ts'
import { planOf } from '../../src/engine/plan/plan.ts'
import { knownToFiles } from '../../src/engine/policy-files/known.ts'
import { proposed } from '../../src/engine/policy-files/proposed.ts'
import { wantedOf } from '../../src/engine/policy-files/wanted.ts'
import { parsePolicyFiles } from '../../src/policies/files/parse.ts'
import { newsInWords } from '../../src/reporters/plan-words.ts'
import { filled } from './filled.ts'

interface Planned {
  readonly controls: number
  readonly seconds: number
  readonly processorSeconds: number
  readonly repositories: number
  /** Of the text for a pull request before it is cut. */
  readonly textBytes: number
}

export interface Told {
  readonly repositories: number
  readonly every: Planned
  readonly one: Planned
  readonly rssMb: number
  readonly isRight: boolean
}

/** Plans policy files over `repositories` repositories, in a database of its own. */
export async function plan(databaseFile: string, repositories: number): Promise<Told> {
  const { guardpost, connection, root } = await filled(databaseFile, repositories)
  const { means } = guardpost
  const asked = controlTypes
    .filter(({ target }) => target === 'GitHub > Repository')
    .map(({ policy: { path, values = [] } }) => ({ path, value: values.find((value) => value.startsWith('Enforce')) }))
    .flatMap(({ path, value }) => (value ? [{ path, value }] : []))

  const planned = async (settings: typeof asked): Promise<Planned> => {
    const text = `settings:\n${settings.map(({ path, value }) => `  - { policy: '${path}', value: '${value}' }`).join('\n')}`
    const files = parsePolicyFiles([{ path: 'guardpost.yml', text }], knownToFiles(null))
    const [begun, used] = [performance.now(), process.cpuUsage()]
    const wanted = await wantedOf(means.store, connection, root, files, { from: 'a benchmark', mayTellDetails: true })
    const before = await means.store.policies.governing(connection.id)
    const after = proposed(before, wanted, connection.id)
    const plan = await planOf(means, connection, { before, after }, means.clock())
    const { user, system } = process.cpuUsage(used)
    return {
      controls: settings.length,
      seconds: rounded((performance.now() - begun) / 1_000),
      processorSeconds: rounded((user + system) / 1e6),
      repositories: plan.repositories,
      textBytes: Buffer.byteLength(newsInWords({ news: { kind: 'plan', plan }, mayTellDetails: true })),
    }
  }
  const every = await planned(asked)
  const one = await planned(asked.filter(({ path }) => path === 'GitHub > Repository > Wikis > Enabled'))
  await guardpost.close()
  const rssMb = Math.round(process.memoryUsage.rss() / 1e6)
  // Of those that are archived nothing is asked but that they are recorded.
  const isRight =
    every.repositories === repositories && one.repositories === repositories - Math.ceil(repositories / 20)
  return { repositories, every, one, rssMb, isRight }
}

const rounded = (seconds: number): number => Math.round(seconds * 100) / 100
