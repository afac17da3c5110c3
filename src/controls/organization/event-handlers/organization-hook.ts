import type { EnforceInput } from '../../../model/control-type.ts'
import type { HookProof, OrganizationHook } from '../../../resources/connection/organization-hooks.ts'
import type { ConnectionData } from '../../../resources/connection.ts'
import { type Finding, same, type Wanted } from './finding.ts'
import { isFresh, judgeSecret, secretStanding } from './secret.ts'

type Facts = Partial<ConnectionData>
type Means = Pick<EnforceInput<never, never, never>, 'connection' | 'github' | 'ownHooks'>

/** Ours, and copies: whatever points to us. Somebody else's webhook is never among them. */
const oursOf = ({ hooks = [] }: Facts): OrganizationHook[] =>
  hooks.filter(({ ourId, pointsToUs }) => ourId !== null || pointsToUs)

const notKnown: Finding = { about: 'Organization webhook', found: 'not known', state: 'tbd' }

/** None of ours is wanted: policy `Disabled`, or the events come by the App. */
export function judgeNoOrganizationHook(facts: Facts): Finding[] {
  if (!facts.hooks) return refused(facts) ? [] : [notKnown]
  const ours = oursOf(facts)
  const found = ours.length === 0 ? 'none of ours' : `${ours.length} of ours`
  return [{ about: 'Organization webhook', found, wanted: 'none of ours', state: ours.length === 0 ? 'ok' : 'alarm' }]
}

/** Exactly one of ours, active, with our URL, JSON, SSL verification, our secret and the events. */
export function judgeOrganizationHook(facts: Facts, wanted: Wanted): Finding[] {
  if (!facts.hooks) return refused(facts) ? [] : [notKnown]
  const { kept, copies } = sort(facts)
  if (!kept)
    return [
      {
        about: 'Organization webhook',
        found: copies.length > 0 ? 'a copy of ours only' : 'missing',
        wanted: 'one of ours',
        state: 'alarm',
      },
    ]
  return [
    ...copies.map(secondCopy),
    ...judgeConfiguration(kept, wanted),
    judgeSecret(kept, proofOf(facts, kept), wanted.now),
  ]
}

const secondCopy = ({ githubId }: OrganizationHook): Finding => ({
  about: 'Organization webhook',
  found: `a second copy of ours (id ${githubId})`,
  wanted: 'exactly one of ours',
  state: 'alarm',
})

function judgeConfiguration(kept: OrganizationHook, { events }: Wanted): Finding[] {
  return [
    same('Webhook', kept.active ? 'active' : 'inactive', 'active'),
    same('Webhook URL', kept.pointsToUs ? 'ours' : 'changed to another', 'ours'),
    same('Webhook content type', kept.contentType ?? 'form', 'json'),
    same('Webhook SSL verification', kept.verifiesSsl ? 'on' : 'off', 'on'),
    same('Webhook events', kept.events.join(', '), events.toSorted().join(', ')),
  ]
}

const proofOf = ({ proofs = [] }: Facts, { ourId }: OrganizationHook): HookProof | null =>
  proofs.find((proof) => proof.ourId === ourId) ?? null

/** The reading of the webhooks was refused: that refusal is a finding of its own and says it all. */
const refused = ({ refusals = [] }: Facts): boolean => refusals.some(({ call }) => call?.includes('/orgs/{org}/hooks'))

function sort(facts: Facts): { kept: OrganizationHook | null; copies: OrganizationHook[] } {
  const ours = oursOf(facts)
  const kept = ours.find(({ ourId }) => ourId !== null) ?? null
  return { kept, copies: ours.filter((hook) => hook !== kept) }
}

/**
 * Makes, mends, or (wanted: null) removes our webhook, and pings what was touched. A webhook is made only where the list
 * of them was read just now and holds none of ours: where that was refused, what is known of them is of yesterday.
 */
export async function mendOrganizationHooks(
  facts: Facts,
  wanted: Wanted | null,
  now: number,
  means: Means,
): Promise<void> {
  if (!facts.hooks || refused(facts)) return
  const { kept, copies } = sort(facts)
  for (const copy of wanted ? copies : oursOf(facts)) await remove(copy, means)
  if (!wanted) return
  if (!kept?.ourId) return make(wanted, means)
  const step = nextStep(facts, kept, wanted, now)
  if (step === 'mend') await mend(kept, kept.ourId, wanted, means)
  if (step === 'ping') await ping(kept, kept.ourId, means)
}

/** A webhook that is right but for its proof is left alone while a ping is on its way. */
function nextStep(facts: Facts, kept: OrganizationHook, wanted: Wanted, now: number): 'mend' | 'ping' | null {
  const proof = proofOf(facts, kept)
  if (judgeConfiguration(kept, wanted).some(({ state }) => state !== 'ok')) return 'mend'
  const standing = secretStanding(kept, proof, now)
  if (standing === 'proved' || isFresh(proof, now)) return null
  return standing === 'silent' ? 'ping' : 'mend'
}

async function make({ events }: Wanted, { connection, github, ownHooks }: Means): Promise<void> {
  const { id, url, secret } = await ownHooks.prepare()
  const { data } = await github.write('POST /orgs/{org}/hooks', {
    org: connection.login,
    name: 'web',
    active: true,
    events: [...events],
    config: { url, content_type: 'json', insecure_ssl: '0', secret },
  })
  await ownHooks.made(id, data.id)
}

async function remove({ githubId, ourId }: OrganizationHook, { connection, github, ownHooks }: Means): Promise<void> {
  await github.write('DELETE /orgs/{org}/hooks/{hook_id}', { org: connection.login, hook_id: githubId })
  if (ourId) await ownHooks.forget(ourId)
}

async function mend(there: OrganizationHook, ourId: string, { events }: Wanted, means: Means): Promise<void> {
  const { connection, github, ownHooks } = means
  const { url, secret } = await ownHooks.known(ourId)
  await github.write('PATCH /orgs/{org}/hooks/{hook_id}', {
    org: connection.login,
    hook_id: there.githubId,
    active: true,
    events: [...events],
    config: { url, content_type: 'json', insecure_ssl: '0', secret },
  })
  await ping(there, ourId, means)
}

async function ping(
  { githubId }: OrganizationHook,
  ourId: string,
  { connection, github, ownHooks }: Means,
): Promise<void> {
  await ownHooks.pinging(ourId)
  await github.write('POST /orgs/{org}/hooks/{hook_id}/pings', { org: connection.login, hook_id: githubId })
}
