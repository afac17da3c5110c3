import type { Connection } from '../../model/connection.ts'
import { live } from '../../model/github.ts'
import type { Means } from '../means.ts'
import { operator, orRefused, type Symptom } from './symptom.ts'

/** GitHub's `Date` has whole seconds and the answer is on its way for some; an App's signature holds a minute. In milliseconds. */
const tolerated = 30_000

/** What GitHub runs there, and how far our clock is from its. */
export function examineGitHub(
  { clients, clock }: Pick<Means, 'clients' | 'clock'>,
  connection: Connection,
): Promise<Symptom[]> {
  return orRefused('Call to GitHub', async () => {
    const before = clock()
    const headers = await ask({ clients }, connection)
    // Without a credential nobody is asked; what is said of the connection names it.
    if (!headers) return []
    const middle = (before + clock()) / 2
    const version = headers['x-github-enterprise-version']
    return [
      {
        about: 'GitHub',
        found: version ? `Enterprise Server ${version}` : 'github.com or Enterprise Cloud',
        level: 'ok',
      },
      judgeSkew(headers.date ? middle - Date.parse(headers.date) : null),
    ]
  })
}

async function ask({ clients }: Pick<Means, 'clients'>, connection: Connection) {
  const purpose = live('doctor')
  if (connection.kind === 'app') return (await clients.forApp(purpose)?.get('GET /app', {}))?.headers
  return (await (await clients.readerFor(connection, purpose))?.get('GET /user', {}))?.headers
}

function judgeSkew(skew: number | null): Symptom {
  const about = 'Clock'
  if (skew === null || Number.isNaN(skew)) return { about, found: 'GitHub did not say its time', level: 'unknown' }
  const seconds = Math.round(Math.abs(skew) / 1_000)
  if (Math.abs(skew) <= tolerated) return { about, found: 'agrees with GitHub’s', level: 'ok' }
  const found = `${seconds} s ${skew > 0 ? 'ahead of' : 'behind'} GitHub’s`
  const action = 'Set this machine’s clock, and keep it set by NTP: GitHub refuses what an App signs with a wrong time.'
  return { about, found, level: 'wrong', remedy: { who: operator, action } }
}
