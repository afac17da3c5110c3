import { type ControlState, stateLabel } from '../../src/model/control-state.ts'
import { plain } from '../../src/reporters/markdown.ts'
import type { Organization } from '../../src/simulator/organization.ts'
import type { Asked, FaultyWorld } from './faulty-world.ts'
import type { PublishedRun } from './published-run.ts'

/** Something said of a control on GitHub, and how to know the judgement that it tells of. */
export interface Said {
  readonly at: number
  readonly organization: string
  readonly path: string
  readonly words: string
  readonly tells: (run: PublishedRun) => boolean
}

/** How long a report may be on its way to GitHub, in milliseconds, with an answer that takes its time on each step. */
const onItsWay = 10_000

/**
 * What was said that had not been judged, or had been judged otherwise long before. `runs` are those of all controls,
 * oldest first.
 */
export function falseReports(said: readonly Said[], runs: readonly PublishedRun[]): string[] {
  return said.flatMap(({ at, organization, path, words, tells }) => {
    const before = runs.filter((run) => run.organization === organization && run.path === path && run.endedAt <= at)
    const newest = before.findLastIndex(tells)
    const overruled = before.slice(newest + 1).find(({ endedAt }) => endedAt <= at - onItsWay)
    const why =
      newest < 0 ? 'never judged so' : overruled ? `judged otherwise ${at - overruled.endedAt} ms before` : null
    return why ? [`${path} on ${organization} at ${at}: “${words}”: ${why}`] : []
  })
}

/** Everything that was written to be seen, whether or not GitHub let it take effect. */
export function everythingSaid({ asked, byApp, byToken }: FaultyWorld): Said[] {
  const orgs = [byApp, byToken]
  return asked.flatMap((one) => {
    const org = orgs.find(({ login }) => one.request.path.startsWith(`/repos/${login}/`))
    return org && one.request.method !== 'GET' ? saidIn(one, org) : []
  })
}

interface Body {
  readonly name?: string
  readonly context?: string
  readonly title?: string
  readonly body?: string
  readonly description?: string
  readonly output?: { readonly title: string }
}

function saidIn({ at, request: { route, path, body } }: Asked, org: Organization): Said[] {
  const { name, context, title = '', body: text = '', description = '', output } = (body ?? {}) as Body
  const reporting = org.repositories.get('.github-private')
  const about = { at, organization: org.login }
  const [, id] = /\/(?:check-runs|issues)\/(\d+)/.exec(path) ?? []
  const isHeadline = (words: string) => (run: PublishedRun) => headline(run).startsWith(words.replace(/…$/, ''))
  switch (route) {
    case 'POST /repos/{owner}/{repo}/check-runs':
    case 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': {
      const known = reporting?.checkRuns.find((run) => String(run.id) === id)
      const words = output?.title ?? ''
      return [{ ...about, path: name ?? known?.name ?? '', words, tells: isHeadline(words) }]
    }
    case 'POST /repos/{owner}/{repo}/statuses/{sha}':
      return [{ ...about, path: context ?? '', words: description, tells: isHeadline(description) }]
    case 'POST /repos/{owner}/{repo}/issues':
    case 'PATCH /repos/{owner}/{repo}/issues/{issue_number}':
      return text === '' ? [] : [{ ...about, path: title.replace(/: \w+$/, ''), words: title, tells: isIn(text) }]
    case 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': {
      const issue = reporting?.issues.find(({ number }) => String(number) === id)
      const words = /The control is (\w+)/.exec(text)?.[1] ?? ''
      const tells = ({ verdict }: PublishedRun) => stateLabel[verdict.state] === words
      return [{ ...about, path: issue?.title.replace(/: \w+$/, '') ?? '', words, tells }]
    }
    default:
      return []
  }
}

const headline = ({ verdict: { state, reason } }: PublishedRun): string => `${stateLabel[state]}: ${reason}`

const isIn =
  (text: string) =>
  ({ verdict: { state, reason } }: PublishedRun): boolean =>
    text.includes(`**${stateLabel[state]}**: ${plain(reason)}`)

/** Where GitHub does not show in the end what the controls of the organizations are. */
export function saidOtherwise({ database, byApp, byToken }: FaultyWorld): string[] {
  const controls = database
    .prepare(
      `select n.login, c.path, c.state, c.reason from controls c join connections n on n.id = c.connection_id
       join resources r on r.id = c.resource_id where r.type = 'GitHub > Organization'`,
    )
    .all() as { login: string; path: string; state: ControlState; reason: string }[]
  return controls.flatMap(({ login, path, state, reason }) => {
    const reporting = (login === byApp.login ? byApp : byToken).repositories.get('.github-private')
    const words =
      login === byApp.login
        ? reporting?.checkRuns.findLast(({ name }) => name === path)?.output.title
        : reporting?.statuses.findLast(({ context }) => context === path)?.description
    const is = `${stateLabel[state]}: ${reason}`
    const isOpen = reporting?.issues.some((issue) => issue.state === 'open' && issue.title.startsWith(`${path}: `))
    return [
      ...(words && is.startsWith(words.replace(/…$/, ''))
        ? []
        : [`${path} of ${login} is “${is}”, shown as “${words}”`]),
      ...(isOpen && state === 'ok' ? [`${path} of ${login} is OK, and its issue is open`] : []),
    ]
  })
}

/** What stands on GitHub twice that may be there once. */
export function saidTwice({ byApp, byToken }: FaultyWorld): string[] {
  return [byApp, byToken].flatMap((org) => {
    const reporting = org.repositories.get('.github-private')
    const runs = (reporting?.checkRuns ?? []).map(({ name, headSha }) => `check run ${name} on ${headSha}`)
    const issues = (reporting?.issues ?? []).map(({ body }) => `issue ${/<!-- guardpost:control:\S+/.exec(body ?? '')}`)
    const hooks = org.hooks.map(() => `webhook of ${org.login}`)
    const groups = Map.groupBy([...runs, ...issues, ...hooks], (one) => one)
    return [...groups].filter(([, { length }]) => length > 1).map(([one, { length }]) => `${length} times: ${one}`)
  })
}
