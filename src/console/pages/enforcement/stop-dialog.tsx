import { Dialog, FormControl, Textarea } from '@primer/react'
import { useState } from 'react'
import { Refusal } from '../../parts/refusal.tsx'
import { useOrder } from '../../parts/use-order.ts'

/** Stops enforcement at once, and asks why. */
export function StopDialog({
  where,
  stop,
  onClose,
}: {
  where: string
  stop: (note: { why?: string }) => Promise<unknown>
  onClose: () => void
}) {
  const [why, setWhy] = useState('')
  const order = useOrder(stop, { concerns: ['enforcement', 'control'], said: 'Enforcement is stopped.' })
  return (
    <Dialog
      title={`Stop enforcement ${where}`}
      subtitle="At once, what is under way included. Controls are still judged."
      onClose={onClose}
      footerButtons={[
        { content: 'Cancel', onClick: onClose },
        {
          content: 'Stop',
          buttonType: 'danger',
          disabled: order.isPending,
          onClick: () => order.mutate(why.trim() ? { why: why.trim() } : {}, { onSuccess: onClose }),
        },
      ]}
    >
      <div className="stack">
        <Refusal error={order.error} />
        <FormControl>
          <FormControl.Label>Why</FormControl.Label>
          <Textarea block rows={2} maxLength={1_000} value={why} onChange={({ target }) => setWhy(target.value)} />
          <FormControl.Caption>Each control that waits says it.</FormControl.Caption>
        </FormControl>
      </div>
    </Dialog>
  )
}
