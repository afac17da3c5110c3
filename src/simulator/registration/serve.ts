import { randomBytes } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { Context, Hono } from 'hono'
import { createApp } from '../app.ts'
import type { Organization } from '../organization.ts'
import type { User } from '../user.ts'
import { escaped, page } from '../web/page.ts'
import { sentIn } from '../web/sent-in.ts'
import { organizationNamed, type World } from '../world.ts'
import { type Manifest, nameProblem, readManifest } from './manifest.ts'

/**
 * Registering an App from a manifest, as a person at a browser sees it:
 * https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
 */
export function serveRegistration(hono: Hono<{ Bindings: HttpBindings }>, world: World): void {
  hono.post('/organizations/:org/settings/apps/new', (context) => {
    const owner = organizationNamed(world, context.req.param('org'))
    return owner ? register(context, world, [owner]) : context.notFound()
  })
  hono.post('/settings/apps/new', (context) =>
    register(
      context,
      world,
      [...world.users.values()].filter(({ type }) => type === 'User'),
    ),
  )
}

/** First the manifest comes alone, and then, from the page that it gave, the name and who clicked. */
async function register(context: Context, world: World, owners: readonly (Organization | User)[]): Promise<Response> {
  const { manifest: text = '', name, owner: login } = await sentIn(context)
  const read = readManifest(text)
  if ('problems' in read) return context.html(refused(read.problems), 422)
  const { manifest } = read
  const owner = owners.find((each) => each.login === login)
  if (name === undefined || !owner) return context.html(asking(manifest, text, owners, manifest.name ?? '', undefined))
  const problem = nameProblem(world, name)
  if (problem) return context.html(asking(manifest, text, owners, name, problem), 422)
  return context.redirect(registered(world, manifest, owner, name, context.req.query('state')))
}

const refused = (problems: readonly string[]): string =>
  page(
    'Invalid GitHub App configuration',
    `<p>The configuration does not appear to be a valid GitHub App manifest.</p>
<ul>${problems.map((problem) => `<li>Error ${escaped(problem)}</li>`).join('\n')}</ul>`,
  )

function asking(
  { public: isPublic }: Manifest,
  text: string,
  owners: readonly (Organization | User)[],
  name: string,
  problem: string | undefined,
): string {
  const button = ({ login }: { login: string }) =>
    `<p><button name="owner" value="${escaped(login)}">Create GitHub App for ${escaped(login)}</button></p>`
  return page(
    'Create GitHub App',
    `<p>This GitHub is simulated. The App will be ${isPublic ? 'public' : 'private'}.</p>
${problem ? `<p role="alert">${escaped(problem)}</p>` : ''}
<form method="post">
<input type="hidden" name="manifest" value="${escaped(text)}">
<p><label>GitHub App name <input name="name" value="${escaped(name)}"></label></p>
${owners.map(button).join('\n')}
</form>`,
  )
}

/** The App is there from now on; where the browser goes. */
function registered(
  world: World,
  manifest: Manifest,
  owner: Organization | User,
  name: string,
  state: string | undefined,
): string {
  const { hook_attributes: hook } = manifest
  const app = createApp(world, {
    name,
    owner,
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    callbackUrls: manifest.callback_urls,
    externalUrl: manifest.url,
    setupUrl: manifest.setup_url,
    isPublic: manifest.public,
    ...(hook && { webhook: { ...hook, secret: randomBytes(20).toString('hex') } }),
  })
  if (!manifest.redirect_url) return `${world.urls.html}/apps/${app.slug}`
  const back = new URL(manifest.redirect_url)
  back.searchParams.set('code', world.registrations.give(app))
  if (state !== undefined) back.searchParams.set('state', state)
  return back.href
}
