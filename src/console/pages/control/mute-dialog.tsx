import { Dialog, FormControl, Radio, RadioGroup, Textarea, TextInput } from '@primer/react'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { at } from '../../api/queries.ts'
import type { NewMute } from '../../api/types.ts'
import { momentOf } from '../../parts/moment-of.ts'
import { Refusal } from '../../parts/refusal.tsx'
import { useOrder } from '../../parts/use-order.ts'

type Until = NewMute['until']

const ends: readonly { until: Until; label: string }[] = [
  { until: 'ok', label: 'Until it is OK' },
  { until: 'alarm', label: 'Until it is in Alarm' },
  { until: 'date', label: 'Until a date' },
  { until: 'forever', label: 'For good' },
]

/** Asks how long a control is muted, and why. */
export function MuteDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const [until, setUntil] = useState<Until>('ok')
  const [date, setDate] = useState('')
  const [note, setNote] = useState('')
  const mute = useOrder((json: NewMute) => api.controls[':id'].mute.$put({ ...at(id), json }), {
    concerns: ['control'],
    said: 'The control is muted.',
  })
  const body = (): NewMute => ({
    until,
    ...(until === 'date' && { date: momentOf(date) }),
    ...(note !== '' && { note }),
  })
  return (
    <Dialog
      title="Mute"
      subtitle="A muted control still runs, but it is out of sight and changes nothing on GitHub."
      onClose={onClose}
      footerButtons={[
        { content: 'Cancel', onClick: onClose },
        {
          content: 'Mute',
          buttonType: 'primary',
          disabled: (until === 'date' && date === '') || mute.isPending,
          onClick: () => mute.mutate(body(), { onSuccess: onClose }),
        },
      ]}
    >
      <div className="stack">
        <Refusal error={mute.error} />
        <RadioGroup name="until">
          <RadioGroup.Label>How long</RadioGroup.Label>
          {ends.map((end) => (
            <FormControl key={end.until}>
              <Radio value={end.until} checked={until === end.until} onChange={() => setUntil(end.until)} />
              <FormControl.Label>{end.label}</FormControl.Label>
            </FormControl>
          ))}
        </RadioGroup>
        {until === 'date' && (
          <FormControl required>
            <FormControl.Label>Date, in your time zone</FormControl.Label>
            <TextInput type="datetime-local" value={date} onChange={({ target }) => setDate(target.value)} />
          </FormControl>
        )}
        <FormControl>
          <FormControl.Label>Why</FormControl.Label>
          <Textarea block rows={2} maxLength={1_000} value={note} onChange={({ target }) => setNote(target.value)} />
        </FormControl>
      </div>
    </Dialog>
  )
}
