import { CheckIcon, ClockIcon, DuplicateIcon, type Icon, NoEntryIcon, StopIcon } from '@primer/octicons-react'
import type { DeliveryRow } from '../../api/types.ts'

type Status = DeliveryRow['status']

/** What became of a delivery. */
export const statuses: Readonly<Record<Status, { label: string; meaning: string; icon: Icon; look: string }>> = {
  pending: { label: 'Pending', meaning: 'Kept, and not processed yet.', icon: ClockIcon, look: 'tbd' },
  processed: { label: 'Processed', meaning: 'What it says is recorded.', icon: CheckIcon, look: 'ok' },
  folded: {
    label: 'Folded',
    meaning: 'The same event came before, by another webhook.',
    icon: DuplicateIcon,
    look: 'tbd',
  },
  refused: {
    label: 'Refused',
    meaning: 'It is not about the organization that its webhook belongs to.',
    icon: NoEntryIcon,
    look: 'alarm',
  },
  parked: {
    label: 'Parked',
    meaning: 'It could not be processed. Look at it, then replay it.',
    icon: StopIcon,
    look: 'error',
  },
}

export function DeliveryStatus({ status }: { status: Status }) {
  const { label, meaning, icon: Glyph, look } = statuses[status]
  return (
    <span className={`state state-${look}`} title={meaning}>
      <Glyph aria-hidden />
      {label}
    </span>
  )
}
