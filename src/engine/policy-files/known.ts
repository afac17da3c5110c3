import { expressionFault } from '../../policies/expression.ts'
import type { Known } from '../../policies/files/meaning.ts'
import { policyTypes } from '../../policies/index.ts'
import { shippedPacks } from '../../policies/packs/index.ts'
import { targetOf } from '../control-of.ts'

/** What policy files may speak of that lie in a repository of that name, or (null) in none. */
export const knownToFiles = (ownRepository: string | null): Known => ({
  types: policyTypes,
  packs: shippedPacks.map(({ name }) => name),
  expressionFault: (text, type) => {
    const fault = expressionFault(type, targetOf(type.path), text)
    return fault && `${fault.reason} (Column ${fault.place.column} of the expression.)`
  },
  ownRepository,
})
