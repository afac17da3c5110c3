import { notSent, type RefusalFacts } from './refusal-facts.ts'
import {
  badToken,
  refusedInstallationToken,
  suspended,
  uninstalled,
  unusableKey,
  wrongAppKey,
  wrongClock,
} from './refusals/credentials.ts'
import { noAnswer, primaryLimit, secondaryLimit, serverError } from './refusals/limits.ts'
import { ipAllowList, plan, singleSignOn, tokenLifetime, tokenPolicy } from './refusals/organization-policies.ts'
import { installationPermission, missingGraphScope, missingScope, tokenPermission } from './refusals/permissions.ts'
import {
  type Diagnosed,
  found,
  inItsWords,
  installationUrl,
  isToken,
  organizationOf,
  ownerOf,
  type RefusalContext,
  type Row,
} from './refusals/row.ts'

/** Anything that is not there may be hidden: GitHub answers 404 rather than tell that something exists. */
const hidden: Row = (facts, context) => {
  if (facts.status !== 404) return null
  const reader = context.credential === 'app' ? 'the App' : `the connection of ${organizationOf(context)}`
  const remedy = isToken(context.credential)
    ? { who: 'the owner of the token', action: `Check that the token and its owner reach ${organizationOf(context)}.` }
    : {
        who: ownerOf(context),
        action: 'Check that the App is installed on all repositories.',
        ...installationUrl(context),
      }
  return found(context, {
    code: 'hidden',
    reason: `GitHub answers 404 to ${context.call}: it does not exist, or ${reader} may not see it.`,
    remedy,
  })
}

/** Whatever else: GitHub's own words. */
function other(facts: RefusalFacts, context: RefusalContext): Diagnosed {
  if (facts.type === notSent)
    return found(context, { code: 'refused', reason: `${context.call} was not sent: ${facts.message}` })
  const remedy = facts.documentationUrl
    ? { remedy: { who: ownerOf(context), action: "See GitHub's documentation.", url: facts.documentationUrl } }
    : {}
  const reason = `GitHub refused ${context.call} (${facts.type ?? facts.status})${inItsWords(facts)}`
  return found(context, { code: 'refused', reason, ...remedy })
}

/**
 * The table, read from the top: a signal in words comes before one that only a number or a header gives, since the last
 * permitted request of an hour also says that none remain, and every 404 could be a hidden thing.
 */
const table: readonly Row[] = [
  unusableKey,
  noAnswer,
  serverError,
  secondaryLimit,
  wrongClock,
  wrongAppKey,
  refusedInstallationToken,
  badToken,
  tokenPermission,
  installationPermission,
  suspended,
  plan,
  tokenLifetime,
  tokenPolicy,
  singleSignOn,
  ipAllowList,
  missingGraphScope,
  primaryLimit,
  missingScope,
  uninstalled,
  hidden,
]

/** What a refusal means, what to do about it, and when to try again (milliseconds; null: waiting does not help). */
export function diagnose(facts: RefusalFacts, context: RefusalContext): Diagnosed {
  for (const row of table) {
    const diagnosed = row(facts, context)
    if (diagnosed) return diagnosed
  }
  return other(facts, context)
}
