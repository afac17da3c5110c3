import { setTimeout as pause } from 'node:timers/promises'
import type { Activity } from '../../model/resource.ts'
import type { Organization } from '../../simulator/organization.ts'
import type { Repository } from '../../simulator/repository.ts'
import { connectionOf } from './eyes.ts'
import type { Town } from './town.ts'

/** Between two changes, and between two looks at what Guardpost made of them, in milliseconds. */
const gap = 4_000
const rhythm = 200

/** Changes something every few seconds until the end, and tells each change and each activity that comes of it. */
export async function stream(town: Town, tell: (line: string) => void, end: AbortSignal): Promise<void> {
  const news = newsOf(town)
  for await (const _ of news());
  for (const change of changes(town.org, town.reporting)) {
    if (end.aborted) return
    tell(`on GitHub: ${change}`)
    // The guide needed them; a demo that stays up for days does not.
    town.sim.requests.length = 0
    for (let waited = 0; waited < gap && !end.aborted; waited += rhythm) {
      await pause(rhythm)
      for await (const line of news()) tell(`Guardpost: ${line}`)
    }
  }
}

/** One change after the other, without end. */
function* changes(org: Organization, reporting: Repository): Generator<string> {
  for (let number = 1; ; number++) {
    const sender = number % 2 === 0 ? 'dana' : 'kim'
    const by = { sender }
    const name = `service-${number}`
    const repository = org.createRepository({ name, ...by })
    yield `${sender} created acme/${name}`
    repository.rename(`${name}-api`, by)
    yield `${sender} renamed it to acme/${name}-api`
    repository.setVisibility('public', by)
    yield `${sender} made acme/${name}-api public`
    const sha = reporting.push(undefined, by)
    yield `${sender} pushed ${sha.slice(0, 7)} to acme/.github-private`
    repository.edit({ description: `Number ${number}` }, by)
    yield `${sender} described acme/${name}-api`
    repository.archive(by)
    yield `${sender} archived acme/${name}-api`
    if (number > 3) org.repositories.get(`service-${number - 3}-api`)?.delete(by)
    if (number > 3) yield `${sender} deleted acme/service-${number - 3}-api`
  }
}

/** Gives, each time it is asked, what is new since: activities, and check runs on new commits. */
function newsOf(town: Town): () => AsyncGenerator<string> {
  let lastActivity = 0
  let checkRuns = 0
  return async function* () {
    const connection = await connectionOf(town)
    if (!connection) return
    const newest = await town.guardpost.means.store.activities.list(connection.id, { limit: 50 })
    for (const activity of newest.filter(({ id }) => id > lastActivity).toReversed()) {
      lastActivity = activity.id
      const resource = await town.guardpost.means.store.resources.get(connection.id, activity.resourceId)
      yield inWords(activity, resource?.title ?? '')
    }
    for (const { name, headSha, conclusion } of town.reporting.checkRuns.slice(checkRuns))
      yield `check run “${name}” on ${headSha.slice(0, 7)}: ${conclusion}`
    checkRuns = town.reporting.checkRuns.length
  }
}

/** A change of state names its control only, so the resource is named besides. */
const inWords = ({ kind, summary, actor, source }: Activity, title: string): string =>
  `${kind === 'state' ? `${title}: ` : ''}${summary} (${actor ? `by ${actor}, ` : ''}known by ${source})`
