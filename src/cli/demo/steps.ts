import { setPolicy } from '../../engine/set-policy.ts'
import { asks } from '../../model/policy.ts'
import { controlOf, inWords, recordingOf, repositoriesOf, resourceOf } from './eyes.ts'
import { asRead, checkRunOf, issueOf } from './reports.ts'
import type { Seen, Step } from './step.ts'
import type { Town } from './town.ts'

const eventHandlers = 'GitHub > Organization > Event Handlers'
const source = `${eventHandlers} > Source`
const repositoryCmdb = 'GitHub > Repository > CMDB'
const missing = 'organization_hooks'
const newRepository = 'acme/payments'

/** The guide, from an App just installed to a repository recorded as it is made. */
export const steps: readonly Step[] = [
  {
    title: `Connect: an owner installs the App on acme, but without the permission ${missing}.`,
    expects: 'the organization and all its repositories are recorded',
    act(town) {
      const { [missing]: _, ...permissions } = town.app.permissions
      town.installation = town.sim.install(town.app, town.org, { permissions })
    },
    async look(town) {
      const organization = await resourceOf(town, 'acme')
      const recorded = (await repositoriesOf(town)).map(({ title }) => title)
      const isRead = organization !== null && organization.readAt !== null
      const what = `Recorded: ${isRead ? 'acme' : 'not acme yet'}, ${recorded.join(', ') || 'no repository'}.`
      return { ok: isRead && recorded.length === town.org.repositories.size, saw: what }
    },
    page: () => '/resources',
  },
  {
    title: 'Guardpost judges whether the events of acme reach it.',
    expects: `${eventHandlers} is Error, because ${missing}: write is not granted`,
    async look(town) {
      const found = await controlOf(town, eventHandlers, 'acme')
      if (!found) return notRun
      const isNamed = found.run.verdict.diagnoses.some((diagnosis) => diagnosis.missing?.key === missing)
      return { ok: found.control.state === 'error' && isNamed, saw: inWords(found.control) }
    },
    page: eventHandlersPage,
  },
  {
    title: 'It says so where people look: a check run and an issue in acme/.github-private.',
    expects: `a failed check run, and an open issue of the App that names ${missing}`,
    async look({ reporting, app }) {
      const checkRun = checkRunOf(reporting, eventHandlers)
      const issue = issueOf(reporting, app)
      if (!checkRun || !issue) return { ok: false, saw: `Without ${checkRun ? 'the issue' : 'the check run'} so far.` }
      const text = asRead(issue.body ?? '')
      const saw = [
        `Check run “${checkRun.name}” on ${checkRun.headSha.slice(0, 7)}: ${checkRun.conclusion}.`,
        `Issue #${issue.number} (${issue.state}) “${issue.title}”:`,
        ...text.split('\n').map((line) => `  ${line}`),
      ]
      const ok = checkRun.conclusion === 'failure' && issue.state === 'open' && text.includes(missing)
      return { ok, saw: saw.join('\n') }
    },
    page: eventHandlersPage,
  },
  {
    title: `An owner of acme accepts ${missing}: write, as the issue asks.`,
    expects: `${eventHandlers} is OK, and the issue is closed with a word`,
    act: ({ installation }) => installation?.grant(),
    look: (town) => configured(town, 'Webhook URL of the App'),
    page: eventHandlersPage,
  },
  {
    title: `The events shall come by a webhook of the organization: ${command(source, 'Organization webhook')}`,
    expects: 'Alarm, because there is no such webhook: Check looks and changes nothing',
    act: (town) => set(town, source, 'Organization webhook'),
    async look(town) {
      const found = await controlOf(town, eventHandlers, 'acme')
      if (!found) return notRun
      return { ok: found.control.state === 'alarm' && town.org.hooks.length === 0, saw: inWords(found.control) }
    },
    page: () => `/policies/type?${new URLSearchParams({ path: source })}`,
  },
  {
    title: `Guardpost shall make it: ${command(eventHandlers, 'Enforce: Enabled')}`,
    expects: 'one webhook at acme, and a ping that came through it, signed with its secret',
    act: (town) => set(town, eventHandlers, 'Enforce: Enabled'),
    look: pinged,
    page: eventHandlersPage,
  },
  {
    title: 'Guardpost reads back what it made, and judges again.',
    expects: `${eventHandlers} is OK, Configured, by the organization webhook; the issue is closed`,
    look: (town) => configured(town, 'Webhook secret'),
    page: eventHandlersPage,
  },
  {
    title: `dana creates the repository ${newRepository}.`,
    expects: `${repositoryCmdb} of ${newRepository} is OK, and the event told of it`,
    act: ({ org }) => void org.createRepository({ name: 'payments', visibility: 'private', sender: 'dana' }),
    async look(town) {
      const found = await controlOf(town, repositoryCmdb, newRepository)
      const recording = await recordingOf(town, newRepository)
      if (!found || !recording) return { ok: false, saw: `${newRepository} is not recorded yet.` }
      const heard = `${recording.summary}, done by ${recording.actor ?? 'somebody'}, known by ${recording.source}.`
      return {
        ok: found.control.state === 'ok' && recording.source === 'event',
        saw: `${heard}\n${inWords(found.control)}`,
      }
    },
    page: async (town) => `/resources/${(await resourceOf(town, newRepository))?.id ?? ''}`,
  },
]

async function eventHandlersPage(town: Town): Promise<string> {
  const found = await controlOf(town, eventHandlers, 'acme')
  return found ? `/controls/${found.control.id}` : '/controls'
}

const notRun: Seen = { ok: false, saw: 'The control has not run yet.' }

/** What a person types to set a policy on acme. */
function command(path: string, value: string): string {
  return `guardpost policies set "${path}" "${value}" --on acme`
}

/** What that command does. */
async function set(town: Town, path: string, value: string): Promise<void> {
  const organization = await resourceOf(town, 'acme')
  if (!organization) throw new Error('acme is not recorded.')
  const { connectionId, id: resourceId } = organization
  const place = { folderId: null, connectionId, resourceId, selector: null }
  await setPolicy(town.guardpost.means, {
    ...asks(path, value),
    ...place,
    ...{ source: 'cli', origin: null, setBy: 'demo' },
  })
}

/** OK by what is to be seen of that webhook, and nobody asked to do anything more. */
async function configured(town: Town, decisive: string): Promise<Seen> {
  const found = await controlOf(town, eventHandlers, 'acme')
  const issue = issueOf(town.reporting, town.app)
  if (!found || !issue) return notRun
  const webhooks = found.run.verdict.evidence.filter(({ about }) => /webhook/i.test(about))
  const word = issue.comments.at(-1)
  const saw = [
    inWords(found.control),
    ...webhooks.map((seen) => `  ${seen.about}: ${seen.found}`),
    `Issue #${issue.number} is ${issue.state}${word ? `: “${asRead(word.body)}”` : '.'}`,
  ]
  const isClosed = issue.state === 'closed' && word?.author.user === town.app.bot
  const isDecided = webhooks.some(({ about, state }) => about === decisive && state === 'ok')
  return { ok: found.control.state === 'ok' && isDecided && isClosed, saw: saw.join('\n') }
}

async function pinged({ org, sim, guardpost }: Town): Promise<Seen> {
  const [hook, ...others] = org.hooks
  if (!hook) return { ok: false, saw: 'acme has no webhook yet.' }
  const ping = sim.deliveriesOf(hook).find(({ event, statusCode }) => event === 'ping' && statusCode === 202)
  const made = `Webhook ${hook.id} to ${hook.config.url} for the events ${hook.events.join(', ')}.`
  if (!ping) return { ok: false, saw: `${made} No ping came through it yet.` }
  const [connection] = await guardpost.means.store.connections.list()
  const ours = await guardpost.means.store.hooks.list(connection?.id ?? 0)
  const isOurs = ours.some(({ githubId, ping: proof }) => githubId === hook.id && proof.guid === ping.guid)
  return {
    ok: isOurs && others.length === 0,
    saw: `${made}\nIts ping ${ping.guid} was answered with ${ping.statusCode}.`,
  }
}
