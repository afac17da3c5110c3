import type { Guardpost } from '../../compose.ts'
import type { Authorship, PolicyAnswer, PolicyPlace, PolicyRule } from '../../model/policy.ts'
import type { Selector } from '../../model/selector.ts'
import { selectorInWords } from '../../policies/selector.ts'

export const answerInWords = (value: PolicyAnswer): string => (typeof value === 'string' ? value : value.join(', '))

/** The answer, or the expression that gives it. */
export const ruleInWords = ({ value, expression }: Pick<PolicyRule, 'value' | 'expression'>): string =>
  value === null ? `expression ${expression}` : answerInWords(value)

/** What people call a place; with a selector, what of it is meant. */
export async function placeInWords(
  { means }: Guardpost,
  { folderId, connectionId, resourceId }: PolicyPlace,
  selector: Selector | null = null,
): Promise<string> {
  const { folders, resources } = means.store
  const place = folderId === null ? await resources.get(connectionId, resourceId) : await folders.get(folderId)
  const title = place?.title ?? 'a place that is gone'
  return selector ? `${title} (${selectorInWords(selector)})` : title
}

const means = { cli: 'at the command line', console: 'in the console', api: 'over the API', file: 'in a policy file' }

/** Who put something there, and how; of what a policy file says, where. */
export const authorInWords = ({ source, origin, setBy }: Authorship): string =>
  origin ? `${origin.file}:${origin.line}` : `${setBy} ${means[source]}`
