import {
  AlertFillIcon,
  CheckCircleFillIcon,
  CircleIcon,
  type Icon,
  QuestionIcon,
  SkipIcon,
  XCircleFillIcon,
} from '@primer/octicons-react'
import type { ControlState } from '../api/types.ts'

interface Look {
  readonly label: string
  readonly icon: Icon
  /** What it means, for who meets the word for the first time. */
  readonly meaning: string
}

/** The gravest first: the order in which they are shown. */
export const states: Readonly<Record<ControlState, Look>> = {
  error: { label: 'Error', icon: XCircleFillIcon, meaning: 'It could not be judged; somebody has to mend something.' },
  alarm: { label: 'Alarm', icon: AlertFillIcon, meaning: 'What is so is not what the policy asks for.' },
  invalid: { label: 'Invalid', icon: QuestionIcon, meaning: 'The policies contradict each other or make no sense.' },
  tbd: { label: 'TBD', icon: CircleIcon, meaning: 'Not known yet.' },
  ok: { label: 'OK', icon: CheckCircleFillIcon, meaning: 'What is so is what the policy asks for.' },
  skipped: { label: 'Skipped', icon: SkipIcon, meaning: 'The policy says not to look.' },
}

export const stateNames = Object.keys(states) as ControlState[]

/** A state as an icon in its colour and a word. */
export function State({ state, large = false }: { state: ControlState; large?: boolean }) {
  const { icon: Glyph, label, meaning } = states[state]
  return (
    <span className={`state state-${state} ${large ? 'state-large' : ''}`} title={meaning}>
      <Glyph size={large ? 24 : 16} aria-hidden />
      {label}
    </span>
  )
}
