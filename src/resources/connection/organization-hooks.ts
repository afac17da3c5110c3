import type { ReadContext } from '../../model/resource-type.ts'

/** A webhook of the organization. Of somebody else's only what judging needs is kept: its URL may hold a secret. */
export interface OrganizationHook {
  githubId: number
  /** Our id of it; null when it is somebody else's, or a copy that we did not make. */
  ourId: string | null
  /**
   * A webhook of ours points where it shall; of any other: it points to us, whoever made it. False where another connection
   * of ours looks after it.
   */
  pointsToUs: boolean
  url: string | null
  active: boolean
  contentType: string | null
  verifiesSsl: boolean
  hasSecret: boolean
  events: string[]
  updatedAt: string
}

/** What is known of whether one of our webhooks reaches us with our secret. Times in milliseconds. */
export interface HookProof {
  ourId: string
  askedAt: number | null
  pingAt: number | null
  /** What came with our signature stands in GitHub's delivery log of this webhook as it is configured today. */
  isProved: boolean
  /** It was proved for an earlier configuration: somebody changed the webhook since. */
  wasProved: boolean
  /** The newest entry of GitHub's delivery log under today's configuration. */
  lastSent: { at: string; statusCode: number; status: string; event: string } | null
}

type OurHook = ReadContext['ours']['hooks'][number]

/** The webhooks of the organization, and for each of ours what the delivery log says of its pings. */
export async function readOrganizationHooks(
  context: ReadContext,
  org: string,
): Promise<{ hooks: OrganizationHook[]; proofs: HookProof[] }> {
  const { github, ours } = context
  const hooks: OrganizationHook[] = []
  for await (const page of github.pages('GET /orgs/{org}/hooks', { org }, (data) => data))
    hooks.push(...page.map((hook) => fromApi(hook, ours)))
  for (const hook of hooks) if (isSecond(hook, hooks)) hook.ourId = null
  const proofs: HookProof[] = []
  for (const own of ours.hooks) {
    const there = hooks.find(({ ourId }) => ourId === own.id)
    if (there) proofs.push(await proofOf(context, org, there, own))
  }
  return { hooks, proofs }
}

/** A copy of ours that bears its very URL, read before GitHub told which of the two is ours. */
const isSecond = (hook: OrganizationHook, hooks: readonly OrganizationHook[]): boolean =>
  hook.ourId !== null && hooks.find(({ ourId }) => ourId === hook.ourId) !== hook

interface ApiHook {
  id: number
  config: { url?: string; content_type?: string; insecure_ssl?: string | number; secret?: string }
  active: boolean
  events: string[]
  updated_at: string
}

function fromApi({ id, config, active, events, updated_at }: ApiHook, ours: ReadContext['ours']): OrganizationHook {
  const url = config.url ?? null
  const own = ours.hooks.find((hook) => hook.githubId === id) ?? ours.hooks.find((hook) => unclaimed(hook, url, ours))
  const isOfOther = ours.hooksOfOthers.some((hook) => hook.githubId === id || url === ours.hookUrl(hook.id))
  const isUnderOurs = !isOfOther && (url?.startsWith(ours.hookUrl('')) ?? false)
  const pointsToUs = own ? url === ours.hookUrl(own.id) : isUnderOurs
  return {
    githubId: id,
    ourId: own?.id ?? null,
    pointsToUs,
    url: own || isUnderOurs ? url : withoutSecrets(url),
    active,
    contentType: config.content_type ?? null,
    verifiesSsl: String(config.insecure_ssl ?? '0') === '0',
    hasSecret: Boolean(config.secret),
    events: events.toSorted(),
    updatedAt: updated_at,
  }
}

/** Made, but GitHub's answer was lost: its URL holds our random id, which nobody else can know. */
const unclaimed = (hook: OurHook, url: string | null, ours: ReadContext['ours']): boolean =>
  hook.githubId === null && url === ours.hookUrl(hook.id)

function withoutSecrets(url: string | null): string | null {
  return url && URL.canParse(url) ? new URL(url).origin : null
}

async function proofOf(
  { github, ours }: ReadContext,
  org: string,
  there: OrganizationHook,
  { id, ping }: OurHook,
): Promise<HookProof> {
  const { data } = await github.get('GET /orgs/{org}/hooks/{hook_id}/deliveries', {
    org,
    hook_id: there.githubId,
    per_page: 100,
  })
  const log = data.filter(({ delivered_at }) => Date.parse(delivered_at) >= Date.parse(there.updatedAt))
  const newest = log[0]
  const wasProved = ping.provedFor !== null
  const isProved =
    ping.provedFor === there.updatedAt ||
    log.some(({ guid }) => guid === ping.guid) ||
    (wasProved && newest !== undefined && newest.status === 'OK' && (await ours.hasReceived(id, newest.guid)))
  return {
    ourId: id,
    askedAt: ping.askedAt,
    pingAt: ping.receivedAt,
    isProved,
    wasProved,
    lastSent: newest
      ? { at: newest.delivered_at, statusCode: newest.status_code, status: newest.status, event: newest.event }
      : null,
  }
}
