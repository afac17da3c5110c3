import { Button, FormControl, Radio, RadioGroup, Textarea, TextInput } from '@primer/react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { api, told } from '../../api/client.ts'
import type { NewPolicySetting, NewSelector, PolicyType } from '../../api/types.ts'
import { momentOf } from '../../parts/moment-of.ts'
import { PolicyPlanned } from '../../parts/policy-plan.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { useOrder } from '../../parts/use-order.ts'
import { type Answer, AnswerOrExpression } from './answer-or-expression.tsx'
import { useExpressionCheck } from './expression-field.tsx'
import { type PickedPlace, PlacePicker, useHoldsRepositories } from './place-picker.tsx'
import { SelectorFields } from './selector-fields.tsx'

const precedences = [
  { value: 'required', label: 'Required', caption: 'Binds this place and all below it.' },
  { value: 'recommended', label: 'Recommended', caption: 'Holds where nothing more specific is set.' },
] as const

type Precedence = (typeof precedences)[number]['value']

/** Everything of a setting but its policy type. */
export function SettingForm({
  type,
  place,
  onPlace,
}: {
  type: PolicyType
  place: PickedPlace | null
  onPlace: (place: PickedPlace | null) => void
}) {
  const [, go] = useLocation()
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [selector, setSelector] = useState<NewSelector | null>(null)
  const [precedence, setPrecedence] = useState<Precedence>('required')
  const [note, setNote] = useState('')
  const [expires, setExpires] = useState('')
  const create = useOrder((json: NewPolicySetting) => told(api['policy-settings'].$post({ json })), {
    concerns: ['policy-setting', 'control'],
    said: 'The policy setting is made.',
  })
  const mayBeSome = useHoldsRepositories(place) && !type.path.startsWith('GitHub > Organization > ')
  const isSound = useIsSound(type, answer)
  const asked: NewPolicySetting | null =
    place && answer && isSound
      ? { path: type.path, ...place, ...(mayBeSome && selector && { selector }), ...answer, precedence }
      : null
  const submit = () => {
    if (!asked) return
    const more = { note: note.trim() || null, expiresAt: expires === '' ? null : momentOf(expires) }
    create.mutate(
      { ...asked, ...more },
      { onSuccess: () => go(`/policies/type?${new URLSearchParams({ path: type.path })}`) },
    )
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <PlacePicker targets={type.targets} picked={place} onPick={onPlace} />
      {mayBeSome && <SelectorFields selector={selector} onSelector={setSelector} />}
      <AnswerOrExpression type={type} onAnswer={setAnswer} />
      <Precedences picked={precedence} onPick={setPrecedence} />
      <FormControl>
        <FormControl.Label>Note</FormControl.Label>
        <Textarea block rows={2} maxLength={1_000} value={note} onChange={({ target }) => setNote(target.value)} />
        <FormControl.Caption>Why it is set, for whoever reads it later.</FormControl.Caption>
      </FormControl>
      <FormControl>
        <FormControl.Label>Expires</FormControl.Label>
        <TextInput type="datetime-local" value={expires} onChange={({ target }) => setExpires(target.value)} />
        <FormControl.Caption>In your time zone. Left empty, it holds until it is removed.</FormControl.Caption>
      </FormControl>
      {asked && <PolicyPlanned request={{ setting: asked }} />}
      <Refusal error={create.error} />
      <div className="form-actions">
        <Button type="submit" variant="primary" disabled={asked === null || create.isPending}>
          Create
        </Button>
        <Button onClick={() => go('/policies')}>Cancel</Button>
      </div>
    </form>
  )
}

/** An expression is no answer before it was found to be without fault. */
function useIsSound(type: PolicyType, answer: Answer | null): boolean {
  const text = answer && 'expression' in answer ? answer.expression : ''
  const check = useExpressionCheck(type, text)
  return text === '' || (check.isSuccess && !check.isPlaceholderData && check.data.fault === null)
}

function Precedences({ picked, onPick }: { picked: Precedence; onPick: (precedence: Precedence) => void }) {
  return (
    <RadioGroup name="precedence">
      <RadioGroup.Label>Precedence</RadioGroup.Label>
      {precedences.map(({ value, label, caption }) => (
        <FormControl key={value}>
          <Radio value={value} checked={picked === value} onChange={() => onPick(value)} />
          <FormControl.Label>{label}</FormControl.Label>
          <FormControl.Caption>{caption}</FormControl.Caption>
        </FormControl>
      ))}
    </RadioGroup>
  )
}
