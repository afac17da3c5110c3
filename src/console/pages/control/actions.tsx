import { MuteIcon, PlayIcon, UnmuteIcon } from '@primer/octicons-react'
import { Button } from '@primer/react'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { at } from '../../api/queries.ts'
import type { ControlDetail } from '../../api/types.ts'
import { Refusal } from '../../parts/refusal.tsx'
import { useMay } from '../../parts/session.tsx'
import { useOrder } from '../../parts/use-order.ts'
import { MuteDialog } from './mute-dialog.tsx'

/** What an Operator may do to a control. */
export function ControlActions({ control: { id, resource, pending, mute } }: { control: ControlDetail }) {
  const mayOperate = useMay('Operator', resource.id)
  const [muting, setMuting] = useState(false)
  const run = useOrder(() => api.controls[':id'].runs.$post(at(id)), {
    concerns: ['control'],
    said: 'The control is run.',
  })
  const unmute = useOrder(() => api.controls[':id'].mute.$delete(at(id)), {
    concerns: ['control'],
    said: 'The control is no longer muted.',
  })
  if (!mayOperate) return null
  return (
    <>
      <Button
        leadingVisual={PlayIcon}
        variant="primary"
        inactive={pending || run.isPending}
        onClick={() => !pending && run.mutate()}
      >
        {pending || run.isPending ? 'Running' : 'Run control'}
      </Button>
      {mute ? (
        <Button leadingVisual={UnmuteIcon} onClick={() => unmute.mutate()}>
          Unmute
        </Button>
      ) : (
        <Button leadingVisual={MuteIcon} onClick={() => setMuting(true)}>
          Mute
        </Button>
      )}
      {muting && <MuteDialog id={id} onClose={() => setMuting(false)} />}
      <Refusal error={run.error ?? unmute.error} />
    </>
  )
}
