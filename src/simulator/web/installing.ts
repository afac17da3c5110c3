import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import type { App } from '../app.ts'
import { type Installation, install } from '../installation.ts'
import type { Organization } from '../organization.ts'
import { installationsOn, type World } from '../world.ts'
import { escaped, page } from './page.ts'
import { sentIn } from './sent-in.ts'

/**
 * The page on which an owner installs an App. A private one is for its owner's account alone:
 * https://docs.github.com/apps/creating-github-apps/registering-a-github-app/making-a-github-app-public-or-private
 */
export function serveInstalling(hono: Hono<{ Bindings: HttpBindings }>, world: World): void {
  const appNamed = (slug: string) => [...world.apps.values()].find((app) => app.slug === slug)
  hono.get('/apps/:slug/installations/new', (context) => {
    const app = appNamed(context.req.param('slug'))
    return app ? context.html(asking(world, app)) : context.notFound()
  })
  hono.post('/apps/:slug/installations/new', async (context) => {
    const app = appNamed(context.req.param('slug'))
    const { organization: login } = await sentIn(context)
    const organization = app && targets(world, app).find((each) => each.login === login)
    if (!app || !organization || installedOn(world, app, organization)) return context.notFound()
    return context.redirect(next(world, install(world, app, organization, {})))
  })
}

const targets = (world: World, app: App): Organization[] =>
  [...world.organizations.values()].filter((each) => app.isPublic || each === app.owner)

const installedOn = (world: World, app: App, organization: Organization): Installation | undefined =>
  installationsOn(world, organization).find((each) => each.app === app)

function asking(world: World, app: App): string {
  const choice = (organization: Organization) =>
    installedOn(world, app, organization)
      ? `<p>${escaped(organization.login)}: installed</p>`
      : `<p><button name="organization" value="${escaped(organization.login)}">Install on ${escaped(organization.login)}</button></p>`
  const asks = Object.entries(app.permissions).map(([key, level]) => `<li>${key}: ${level}</li>`)
  return page(
    `Install ${app.name}`,
    `<p>This GitHub is simulated. On all repositories, with these permissions:</p>
<ul>${asks.join('\n')}</ul>
<form method="post">
${targets(world, app).map(choice).join('\n')}
</form>`,
  )
}

/** https://docs.github.com/apps/creating-github-apps/registering-a-github-app/about-the-setup-url */
function next(world: World, { id, app, organization }: Installation): string {
  if (!app.setupUrl) return `${world.urls.html}/organizations/${organization.login}/settings/installations/${id}`
  const url = new URL(app.setupUrl)
  url.searchParams.set('installation_id', String(id))
  url.searchParams.set('setup_action', 'install')
  return url.href
}
