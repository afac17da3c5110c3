import type { PolicySetting } from '../api/types.ts'
import { knownBy } from './known-by.ts'

/** Who put something where it is, and how; of what a policy file says, where it says it. */
export const SetBy = ({ author: { setBy, source, origin } }: { author: Author }) => (
  <>{origin ? `${origin.file}, line ${origin.line}` : `by ${setBy}, ${knownBy(source ?? '')}`}</>
)

type Author = Pick<PolicySetting, 'origin'> & { readonly setBy: string | null; readonly source: string | null }
