import type { Remedy } from '../../model/diagnosis.ts'
import { securityPage, tokenPage, tokenPolicyPage } from '../permission-pages.ts'
import { found, inItsWords, isToken, organizationOf, ownerOf, type RefusalContext, type Row } from './row.ts'

/** GitHub says of some features in other words that they have to be paid for. */
const saysPlan =
  /^Upgrade to GitHub\b|^Secret scanning is not available for this repository|^Only organizations associated with an enterprise\b/

/** The plan of the organization does not have the feature. */
export const plan: Row = (facts, context) => {
  if (!saysPlan.test(facts.message)) return null
  return found(context, {
    code: 'plan',
    reason: `The plan of ${organizationOf(context)} does not include what ${context.call} asks for: ${facts.message}`,
    remedy: { who: ownerOf(context), action: 'Upgrade the plan, or set the policy to Skip.' },
  })
}

/** The organization limits how long a token may live; GitHub's words name the token's own page. */
export const tokenLifetime: Row = (facts, context) => {
  const days = /forbids access via .*token.* lifetime is greater than (\d+) days/.exec(facts.message)?.[1]
  if (days === undefined) return null
  const named = /https:\/\/\S+\/settings\/[\w-]+\/\d+/.exec(facts.message)?.[0]
  const url = named?.startsWith(`${context.htmlUrl}/`) ? named : tokenPage(context.htmlUrl, kindOfToken(context))
  return found(context, {
    code: 'refused',
    reason: `${organizationOf(context)} refuses tokens that live longer than ${days} days${inItsWords(facts)}`,
    remedy: { who: 'the owner of the token', action: `Let the token expire within ${days} days.`, url },
  })
}

/** The organization does not let tokens of this kind in. */
export const tokenPolicy: Row = (facts, context) => {
  if (!/forbids access via .*personal access tokens?/.test(facts.message)) return null
  const kind = /\(classic\)/.test(facts.message) ? 'classic' : 'fine-grained'
  return found(context, {
    code: 'refused',
    reason: `${organizationOf(context)} does not allow ${kind} personal access tokens${inItsWords(facts)}`,
    remedy: {
      who: ownerOf(context),
      action: `Allow ${kind} tokens, or connect through the App.`,
      ...atOrganization(context, tokenPolicyPage),
    },
  })
}

/** Single sign-on: the token needs its owner's word for this organization. `X-GitHub-SSO` has the page. */
export const singleSignOn: Row = (facts, context) => {
  if (!/^Resource protected by organization SAML enforcement/.test(facts.message)) return null
  const url = /\burl=(\S+)/.exec(facts.headers['x-github-sso'] ?? '')?.[1]
  const remedy: Remedy = {
    who: 'the owner of the token',
    action: `Authorize the token for single sign-on with ${organizationOf(context)}.`,
    url: url?.startsWith(`${context.htmlUrl}/`) ? url : tokenPage(context.htmlUrl, kindOfToken(context)),
  }
  const reason = `${organizationOf(context)} uses single sign-on, and the token is not authorized for it.`
  return found(context, { code: 'refused', reason, remedy })
}

/** The organization lets only some network addresses in. */
export const ipAllowList: Row = (facts, context) => {
  if (!/organization has an IP allow list enabled/.test(facts.message)) return null
  return found(context, {
    code: 'refused',
    reason: `The IP allow list of ${organizationOf(context)} leaves this server out${inItsWords(facts)}`,
    remedy: {
      who: ownerOf(context),
      action: "Add this server's address to the IP allow list.",
      ...atOrganization(context, securityPage),
    },
  })
}

const kindOfToken = ({ credential }: RefusalContext) => (isToken(credential) ? credential : 'fine-grained-token')

function atOrganization(
  { connection, htmlUrl }: RefusalContext,
  page: (htmlUrl: string, login: string) => string,
): { url?: string } {
  return connection ? { url: page(htmlUrl, connection.login) } : {}
}
