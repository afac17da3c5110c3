import { PulseIcon } from '@primer/octicons-react'
import { Button } from '@primer/react'
import { api } from '../../api/client.ts'
import { at } from '../../api/queries.ts'
import { Refusal } from '../../parts/refusal.tsx'
import { useOrder } from '../../parts/use-order.ts'

/** Has the doctor look. */
export function Begin({ id, isUnderWay }: { id: number; isUnderWay: boolean }) {
  const begin = useOrder(() => api.connections[':id'].examination.$post(at(id)), {
    concerns: ['connection'],
    said: 'The doctor is looking.',
  })
  return (
    <div className="stack">
      <Refusal error={begin.error} />
      <div className="form-actions">
        <Button
          variant="primary"
          leadingVisual={PulseIcon}
          loading={isUnderWay || begin.isPending}
          loadingAnnouncement="The doctor is looking"
          onClick={() => begin.mutate()}
        >
          Examine now
        </Button>
      </div>
    </div>
  )
}
