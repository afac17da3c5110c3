import { Button, FormControl, Radio, RadioGroup, Textarea, TextInput } from '@primer/react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { api, told } from '../../api/client.ts'
import type { NewPolicySetting, PolicyAnswer, PolicyType } from '../../api/types.ts'
import { momentOf } from '../../parts/moment-of.ts'
import { PolicyPlanned } from '../../parts/policy-plan.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { useOrder } from '../../parts/use-order.ts'
import { AnswerField } from './answer-field.tsx'
import { ResourcePicker } from './resource-picker.tsx'

const precedences = [
  { value: 'required', label: 'Required', caption: 'Binds this resource and all below it.' },
  { value: 'recommended', label: 'Recommended', caption: 'Holds where nothing more specific is set.' },
] as const

type Precedence = (typeof precedences)[number]['value']

/** Everything of a setting but its policy type. */
export function SettingForm({
  type,
  resourceId,
  onResource,
}: {
  type: PolicyType
  resourceId: number | null
  onResource: (id: number | null) => void
}) {
  const [, go] = useLocation()
  const [value, setValue] = useState<PolicyAnswer | null>(null)
  const [precedence, setPrecedence] = useState<Precedence>('required')
  const [note, setNote] = useState('')
  const [expires, setExpires] = useState('')
  const create = useOrder((json: NewPolicySetting) => told(api['policy-settings'].$post({ json })), {
    concerns: ['policy-setting', 'control'],
    said: 'The policy setting is made.',
  })
  const isWhole = resourceId !== null && value !== null && value.length > 0
  const asked = isWhole ? { path: type.path, resourceId, value, precedence } : null
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
      <ResourcePicker targets={type.targets} picked={resourceId} onPick={onResource} />
      <AnswerField type={type} value={value} onValue={setValue} />
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
        <Button type="submit" variant="primary" disabled={!isWhole || create.isPending}>
          Create
        </Button>
        <Button onClick={() => go('/policies')}>Cancel</Button>
      </div>
    </form>
  )
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
