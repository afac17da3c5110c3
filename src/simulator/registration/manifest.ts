import { z } from 'zod'
import { slugOf } from '../app.ts'
import { permissionOfEvent } from '../event-permissions.ts'
import { urlProblem } from '../hook.ts'
import type { World } from '../world.ts'

const address = z.url({ protocol: /^https?$/ })

/** https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest#github-app-manifest-parameters */
const manifest = z.object({
  name: z.string().optional(),
  url: address,
  hook_attributes: z.object({ url: address, active: z.boolean().default(true) }).optional(),
  redirect_url: address.optional(),
  callback_urls: z.array(address).max(10).default([]),
  setup_url: address.optional(),
  description: z.string().default(''),
  public: z.boolean().default(false),
  default_events: z.array(z.string()).default([]),
  default_permissions: z.record(z.string(), z.enum(['read', 'write', 'admin'])).default({}),
  request_oauth_on_install: z.boolean().default(false),
  setup_on_update: z.boolean().default(false),
})

export type Manifest = z.infer<typeof manifest>

/** A manifest that GitHub takes, or in its words all that is wrong with it. */
export function readManifest(text: string): { manifest: Manifest } | { problems: string[] } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problems: ['The configuration is not valid JSON.'] }
  }
  const read = manifest.safeParse(value)
  if (!read.success) return { problems: read.error.issues.map(({ path, code }) => missing(path, code)) }
  const problems = problemsOf(read.data)
  return problems.length > 0 ? { problems } : { manifest: read.data }
}

function missing(path: readonly PropertyKey[], code: string): string {
  const name = String(path.at(-1) ?? 'manifest')
  return code === 'invalid_type' ? `"${name}" wasn't supplied.` : `"${path.join('.')}" is not valid.`
}

function problemsOf({ default_events, default_permissions, hook_attributes }: Manifest): string[] {
  const held: Readonly<Record<string, unknown>> = { metadata: 'read', ...default_permissions }
  const unsupported = default_events.filter((event) => permissionOfEvent(event) === undefined)
  const unpermitted = default_events.filter((event) => held[permissionOfEvent(event) ?? ''] === undefined)
  const isHidden = hook_attributes !== undefined && urlProblem(hook_attributes.url) !== undefined
  return [
    ...(unsupported.length > 0 ? [`Default events unsupported: ${listed(unsupported)}`] : []),
    ...(unpermitted.length > 0 ? [`Default events are not supported by permissions: ${listed(unpermitted)}`] : []),
    ...(isHidden ? [unreachable(hook_attributes.url)] : []),
  ]
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

const unreachable = (url: string): string =>
  `Hook url is not supported because it isn't reachable over the public Internet (${new URL(url).hostname})`

/** Why an App cannot have this name; nothing when it can. The words are GitHub's for forms in general. */
export function nameProblem(world: World, name: string): string | undefined {
  if (name.trim() === '') return "Name can't be blank"
  if (name.length > 34) return 'Name is too long (maximum is 34 characters)'
  const isTaken = [...world.apps.values()].some(({ slug }) => slug === slugOf(name))
  return isTaken ? 'Name is already taken' : undefined
}
