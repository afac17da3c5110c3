import type { Means } from '../means.ts'
import { isWorkedOn } from '../working.ts'
import { operator, type Symptom } from './symptom.ts'

/** Does anybody work on what comes in, and what was given up. */
export async function examineWork({ store, clock }: Pick<Means, 'store' | 'clock'>): Promise<Symptom[]> {
  const { queued, parked } = await store.jobs.counts()
  return [judgeProcess(await isWorkedOn({ store, clock }), queued), judgeParked(parked)]
}

function judgeProcess(isWorked: boolean, queued: number): Symptom {
  const about = 'Guardpost itself'
  if (isWorked) return { about, found: `runs; ${jobs(queued)} wait`, level: 'ok' }
  const found = `nobody works on this database; ${jobs(queued)} wait`
  const action = 'Start it: `guardpost start`. If it runs, DATABASE_URL names another file there than here.'
  return { about, found, level: 'wrong', remedy: { who: operator, action } }
}

function judgeParked(parked: number): Symptom {
  const about = 'Work given up'
  if (parked === 0) return { about, found: 'none', level: 'ok' }
  const action = 'See why with `guardpost jobs`, mend it, and have them tried again from there.'
  return { about, found: `${jobs(parked)} failed for good`, level: 'wrong', remedy: { who: operator, action } }
}

const jobs = (count: number): string => `${count} ${count === 1 ? 'job' : 'jobs'}`
