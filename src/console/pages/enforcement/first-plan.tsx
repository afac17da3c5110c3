import { Button, ConfirmationDialog } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, told } from '../../api/client.ts'
import { at, enforcementPlan } from '../../api/queries.ts'
import type { EnforcementPlan } from '../../api/types.ts'
import { Answered } from '../../parts/answered.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { useOrder } from '../../parts/use-order.ts'
import { HeldList } from './held-list.tsx'

/** What the first Enforce on an organization would change: nothing happens before somebody has read it. */
export function FirstPlan({ id, mayConfirm }: { id: number; mayConfirm: boolean }) {
  const query = useQuery(enforcementPlan(id))
  return <Answered query={query}>{(plan) => <Shown id={id} plan={plan} mayConfirm={mayConfirm} />}</Answered>
}

function Shown({ id, plan, mayConfirm }: { id: number; plan: EnforcementPlan; mayConfirm: boolean }) {
  const [asking, setAsking] = useState(false)
  const { total, toCome, items } = plan
  const confirm = useOrder(
    () => told(api.connections[':id'].enforcement.plan.confirmation.$post({ ...at(id), json: { plan: plan.plan } })),
    { concerns: ['enforcement', 'control'], said: 'The plan is confirmed.' },
  )
  const isWhole = toCome === 0
  return (
    <Section
      title="First plan"
      note={`${count(total)}, and then no plan is asked for any more`}
      actions={
        mayConfirm && (
          <Button
            variant="primary"
            size="small"
            disabled={!isWhole || confirm.isPending}
            onClick={() => setAsking(true)}
          >
            Confirm
          </Button>
        )
      }
    >
      <Refusal error={confirm.error} />
      {!isWhole && (
        <p className="pad muted">
          {toCome.toLocaleString()} controls are still to be judged: the plan can be confirmed once it is whole.
        </p>
      )}
      <HeldList items={items} />
      {total > items.length && <p className="pad muted">…and {(total - items.length).toLocaleString()} more below.</p>}
      {asking && (
        <ConfirmationDialog
          title="Change this on GitHub?"
          confirmButtonContent="Confirm"
          onClose={(gesture) => {
            setAsking(false)
            if (gesture === 'confirm') confirm.mutate()
          }}
        >
          Guardpost makes {count(total)} on GitHub, within its caps and change windows.
        </ConfirmationDialog>
      )}
    </Section>
  )
}

const count = (total: number): string => (total === 1 ? 'one change' : `${total.toLocaleString()} changes`)
