import type { Log } from '../../engine/means.ts'
import type { Reporter } from '../../model/reporter.ts'
import { type Registrar, RegistrationFailed, type SetUpApp } from '../../model/set-up.ts'
import type { Store } from '../../model/store.ts'
import { isSame } from '../sign-in/same.ts'
import { newChannel, publicSmee } from '../tunnel/new-channel.ts'
import type { BeginPage } from './begin-page.ts'
import type { CreatePage } from './create-page.ts'
import { followInstallation, type Progress } from './progress.ts'
import { reasons, setUpManifest } from './set-up-manifest.ts'
import { readWanted } from './wanted-app.ts'

export interface SetUpMeans {
  readonly store: Pick<Store, 'setUp'>
  readonly reporters: readonly Reporter[]
  readonly registrarAt: (apiUrl: string) => Registrar
  readonly log: Log
  /** Where people will reach the console. */
  readonly url: string
  /** Whether GitHub reaches it there. */
  readonly isPublic: boolean
  /** The channel that webhooks come by already; null: none. */
  readonly channel: string | null
  /** The API of the GitHub that the environment names; null: it names none. */
  readonly github: string | null
  /** Where the key is that secrets are encrypted under. */
  readonly keptIn: string
}

/** What set-up does, step by step. */
export interface SetUpWork {
  readonly given: Pick<BeginPage, 'github' | 'webhooksTo'>
  readonly keptIn: string
  readonly next: string
  /** The GitHub whose page our form goes to; null: none is chosen yet. */
  formTarget(): string | null
  /** Once it is there. */
  app(): SetUpApp | null
  said(): string
  isDone(): boolean
  /** Prepares the form for GitHub. Throws `WrongAnswer` or `NoChannel`. */
  register(answers: Readonly<Record<string, string>>, origin: string): Promise<CreatePage>
  /** GitHub made the App. Throws `RegistrationFailed`. */
  created(code: string, state: string): Promise<void>
  skip(): void
  stop(): void
  failed(error: Error): void
}

/** `state`: what GitHub sends back with its code; `done` is called when there is nothing left to do. */
export async function setUpWork(means: SetUpMeans, state: string, done: () => void): Promise<SetUpWork> {
  const { store, reporters, log, url } = means
  let { app } = await store.setUp.read()
  let { channel } = means
  let registrar = means.registrarAt(app?.apiUrl ?? means.github ?? 'https://api.github.com')
  let target: string | null = null
  let isDone = false
  let progress: Progress | null = null
  const end = () => {
    isDone = true
    done()
  }
  const follow = (app: SetUpApp) => {
    progress = followInstallation(registrar, app, log, end)
  }
  if (app) follow(app)
  return {
    given: {
      github: means.github && new URL(registrar.formUrl(null, '')).host,
      webhooksTo: channel ? new URL(channel).origin : means.isPublic ? url : null,
    },
    keptIn: means.keptIn,
    next: `${url}/`,
    formTarget: () => target,
    app: () => app,
    said: () => progress?.said() ?? (isDone ? 'Guardpost starts…' : ''),
    isDone: () => isDone,
    async register(answers, origin) {
      const { apiUrl, organization } = readWanted(answers, means.github)
      if (!means.isPublic && channel === null) {
        channel = await newChannel(channelMaker(answers.smee))
        await store.setUp.keep({ webhookProxyUrl: channel })
      }
      registrar = means.registrarAt(apiUrl)
      const formUrl = registrar.formUrl(organization, state)
      target = new URL(formUrl).origin
      const manifest = setUpManifest(reporters, organization, { url, channel, redirectUrl: `${origin}/set-up/created` })
      return { formUrl, manifest, needs: reasons(reporters) }
    },
    async created(code, given) {
      if (!isSame(given, state)) throw new RegistrationFailed(notOurs)
      app ??= await registrar.fetchApp(code)
      await store.setUp.keep({ app })
      log.info({ app: app.id, name: app.name }, 'The App is made; its keys are kept')
      if (!progress) follow(app)
    },
    skip: end,
    stop: () => progress?.stop(),
    failed: (error) => log.error({ err: error }, 'A request of set-up failed'),
  }
}

const notOurs = 'GitHub sent an answer to something that was not asked here. Go back, and create the App again.'

function channelMaker(given: string | undefined): string {
  const url = URL.parse(given ?? publicSmee)
  if (url && /^https?:$/.test(url.protocol)) return url.href
  return publicSmee
}
