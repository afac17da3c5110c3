import type { Organization } from '../organization.ts'
import type { Repository } from '../repository.ts'
import type { World } from '../world.ts'
import type { Actor } from './actor.ts'

/** One request, understood and permitted. */
export interface Call {
  readonly world: World
  readonly actor: Actor
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
  /** The address as it was asked, for links to other pages. */
  readonly url: string
}

export interface Answer {
  readonly status: number
  /** JSON; nothing for 204. */
  readonly body?: unknown
  /** In place of JSON, what something in front of GitHub's application says. */
  readonly html?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Operation {
  /** As GitHub's documentation writes it: `GET /orgs/{org}/hooks`. */
  readonly route: string
  /** Page and heading in GitHub's REST documentation, for `documentation_url`. */
  readonly docs: string
  handle(
    call: Call,
    organization: Organization | undefined,
    repository: Repository | undefined,
  ): Answer | Promise<Answer>
}

type Result = Answer | Promise<Answer>

const missing = (route: string) => new Error(`${route} is not about this.`)

export const operation = (route: string, docs: string, handle: (call: Call) => Result): Operation => ({
  route,
  docs,
  handle,
})

/** An operation below `/orgs/{org}`. */
export const onOrganization = (
  route: string,
  docs: string,
  handle: (call: Call, organization: Organization) => Result,
): Operation => ({
  route,
  docs,
  handle: (call, organization) => {
    if (!organization) throw missing(route)
    return handle(call, organization)
  },
})

/** An operation below `/repos/{owner}/{repo}`. */
export const onRepository = (
  route: string,
  docs: string,
  handle: (call: Call, repository: Repository) => Result,
): Operation => ({
  route,
  docs,
  handle: (call, _, repository) => {
    if (!repository) throw missing(route)
    return handle(call, repository)
  },
})

export const ok = (body: unknown): Answer => ({ status: 200, body })
export const created = (body: unknown): Answer => ({ status: 201, body })
export const accepted = (): Answer => ({ status: 202, body: {} })
export const noContent = (): Answer => ({ status: 204 })
