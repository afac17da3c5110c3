import { installPage, tokenPage } from '../permission-pages.ts'
import { keyUnusable, type RefusalFacts } from '../refusal-facts.ts'
import {
  found,
  inItsWords,
  installationUrl,
  isToken,
  organizationOf,
  ownerOf,
  type RefusalContext,
  type Row,
} from './row.ts'

/** GitHub checks the times in the App's signature against its own clock. */
export const wrongClock: Row = (facts, context) => {
  if (!/^'(Expiration time|Issued at)' claim/.test(facts.message)) return null
  return found(context, {
    code: 'bad-credentials',
    reason: `GitHub refuses the App's signature: the clock here ${difference(facts, context)}${inItsWords(facts)}`,
    remedy: { who: 'who runs this server', action: 'Set its clock right (NTP) and try again.' },
  })
}

/** Nothing could be signed. Why is not repeated: the message may hold part of the key. */
export const unusableKey: Row = (facts, context) => {
  if (facts.type !== keyUnusable) return null
  return found(context, {
    code: 'bad-credentials',
    reason: "The App's private key cannot be read, so nothing can be signed with it.",
    remedy: {
      who: 'who runs this server',
      action: 'Set PRIVATE_KEY or PRIVATE_KEY_PATH to the whole PEM file that GitHub generated for the App.',
    },
  })
}

/** The signature is not one of this App: another App's key, another App's id, or no such App. */
export const wrongAppKey: Row = (facts, context) => {
  const ofApp = context.credential === 'app' && facts.status === 401
  if (!ofApp && !/^(A JSON web token could not be decoded|Integration not found)/.test(facts.message)) return null
  return found(context, {
    code: 'bad-credentials',
    reason: `GitHub does not accept the App's id and private key${inItsWords(facts)}`,
    remedy: {
      who: "the App's owner",
      action:
        "Compare APP_ID with the App's page; if it is right, generate a new private key there and set PRIVATE_KEY.",
      url: `${context.htmlUrl}/settings/apps`,
    },
  })
}

/** Even a new installation token was refused: GitHub gave it out, so its key is right; copies of it may lag. */
export const refusedInstallationToken: Row = (facts, context) => {
  if (facts.status !== 401 || context.credential !== 'installation') return null
  const reason = `GitHub refuses a token that it just gave the App for ${organizationOf(context)}${inItsWords(facts)}`
  const remedy = {
    who: 'who runs this server',
    action: 'Nothing now: it is tried again. If it stays, look at https://www.githubstatus.com.',
  }
  return found(context, { code: 'bad-credentials', reason, remedy }, context.now + 30_000)
}

/** A personal access token that expired, was revoked, or never was. */
export const badToken: Row = (facts, context) => {
  if (facts.status !== 401 || !isToken(context.credential)) return null
  const kind = context.credential === 'classic-token' ? 'classic' : 'fine-grained'
  return found(context, {
    code: 'bad-credentials',
    reason: `GitHub does not accept the token of ${organizationOf(context)}${inItsWords(facts)}`,
    remedy: {
      who: 'the owner of the token',
      action: `Make a new ${kind} token and connect ${organizationOf(context)} with it.`,
      url: tokenPage(context.htmlUrl, context.credential),
    },
  })
}

/** An owner of the organization, or the App's owner, paused the installation. */
export const suspended: Row = (facts, context) => {
  if (!/^This installation has been suspended/.test(facts.message)) return null
  return found(context, {
    code: 'suspended',
    reason: `The installation of the App on ${organizationOf(context)} is suspended.`,
    remedy: { who: ownerOf(context), action: 'Unsuspend the App.', ...installationUrl(context) },
  })
}

/** There is no such installation any more (GitHub answers 404 to whoever asks for it or its token). */
export const uninstalled: Row = (facts, context) => {
  const about = context.call.includes('/app/installations/{installation_id}')
  if (facts.status !== 404 || !about) return null
  const url = context.standing ? { url: installPage(context.htmlUrl, context.standing.slug) } : {}
  return found(context, {
    code: 'uninstalled',
    reason: `The App is no longer installed on ${organizationOf(context)}.`,
    remedy: { who: ownerOf(context), action: 'Install the App again.', ...url },
  })
}

function difference({ headers }: RefusalFacts, { now }: RefusalContext): string {
  const seconds = Math.round((now - Date.parse(headers.date ?? '')) / 1000)
  if (Number.isNaN(seconds) || seconds === 0) return "differs from GitHub's"
  return `is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} GitHub's`
}
