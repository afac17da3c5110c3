import { z } from 'zod'
import type { Clock } from '../model/clock.ts'
import { type GitHubClients, live } from '../model/github.ts'
import { type Registrar, RegistrationFailed, type SetUpApp } from '../model/set-up.ts'
import { githubClients } from './clients.ts'
import { htmlUrlOf, registrationPage } from './permission-pages.ts'
import { type TransportOptions, transport } from './transport.ts'

const appAnswer = z.object({
  id: z.int(),
  name: z.string(),
  html_url: z.url(),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  webhook_secret: z.string().min(1),
  pem: z.string().includes('-----BEGIN'),
})

/**
 * The last step of the manifest flow, and what an owner does next
 * (https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest).
 */
export function githubRegistrar(options: TransportOptions & { readonly clock: Clock }): Registrar {
  const { apiUrl } = options
  const { send } = transport(options)
  let known: { of: SetUpApp; clients: GitHubClients } | null = null
  const clientsOf = (app: SetUpApp): GitHubClients => {
    if (known?.of.id !== app.id)
      known = { of: app, clients: githubClients({ ...options, app, token: async () => null }) }
    return known.clients
  }
  return {
    formUrl: (organization, state) => {
      const url = new URL(registrationPage(htmlUrlOf(apiUrl), organization))
      url.searchParams.set('state', state)
      return url.href
    },
    fetchApp: async (code) => {
      const request = { method: 'POST', path: '/app-manifests/{code}/conversions', parameters: { code } }
      const sent = await send(request, null, null)
      if (!('answer' in sent)) throw new RegistrationFailed(unanswered(apiUrl, 'failure' in sent ? sent.failure : ''))
      const { status, data } = sent.answer
      if (status === 404) throw new RegistrationFailed(codeIsOver)
      const read = appAnswer.safeParse(data)
      if (status !== 201 || !read.success) throw new RegistrationFailed(notWhole(status))
      return fromApi(read.data, apiUrl)
    },
    installedOn: async (app) => {
      const found = []
      const github = clientsOf(app).forApp(live('set-up'))
      if (!github) return []
      for await (const page of github.pages('GET /app/installations', {}, (data) => data)) found.push(...page)
      return found.flatMap(({ account }) =>
        account && 'login' in account
          ? [{ login: account.login, isOrganization: account.type === 'Organization' }]
          : [],
      )
    },
  }
}

const fromApi = (app: z.infer<typeof appAnswer>, apiUrl: string): SetUpApp => ({
  id: app.id,
  name: app.name,
  htmlUrl: app.html_url,
  apiUrl,
  privateKey: app.pem,
  webhookSecret: app.webhook_secret,
  clientId: app.client_id,
  clientSecret: app.client_secret,
})

const again =
  'If the App stands on its owner’s settings page on GitHub now, delete it there, and then create it again here.'

const codeIsOver = `GitHub no longer knows the code that it sent: it is good once, and for an hour. ${again}`

const notWhole = (status: number): string =>
  `GitHub answered with ${status} and without all of the App’s keys. ${again}`

const unanswered = (apiUrl: string, failure: string): string =>
  `${new URL(apiUrl).host} did not answer (${failure}). Reload this page to try again; the code is good for an hour.`
