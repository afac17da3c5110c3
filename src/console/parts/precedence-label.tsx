import { Label } from '@primer/react'
import type { PolicySetting } from '../api/types.ts'

/** How much what is asked binds. */
export const PrecedenceLabel = ({ precedence }: Pick<PolicySetting, 'precedence'>) => (
  <Label size="small" variant={precedence === 'required' ? 'accent' : 'secondary'}>
    {precedence === 'required' ? 'Required' : 'Recommended'}
  </Label>
)
