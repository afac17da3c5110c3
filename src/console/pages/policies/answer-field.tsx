import { Checkbox, CheckboxGroup, FormControl, Radio, RadioGroup, Textarea, TextInput } from '@primer/react'
import type { PolicyAnswer, PolicyType } from '../../api/types.ts'

interface FieldProps {
  readonly type: PolicyType
  readonly value: PolicyAnswer | null
  readonly onValue: (value: PolicyAnswer) => void
}

/** What a policy is answered with: picked where the answers are known, written where not. */
export function AnswerField(props: FieldProps) {
  const { kind, values } = props.type
  if (kind === 'choice') return <Choice {...props} values={values ?? []} />
  if (kind === 'text') return <Text {...props} />
  return values ? <Members {...props} values={values} /> : <Lines {...props} />
}

function Choice({ type, value, onValue, values }: FieldProps & { values: readonly string[] }) {
  return (
    <RadioGroup name="value" required>
      <RadioGroup.Label>Value</RadioGroup.Label>
      {values.map((each) => (
        <FormControl key={each}>
          <Radio value={each} checked={value === each} onChange={() => onValue(each)} />
          <FormControl.Label>{each}</FormControl.Label>
          {each === type.default.app && <FormControl.Caption>The default</FormControl.Caption>}
        </FormControl>
      ))}
    </RadioGroup>
  )
}

function Text({ value, onValue }: FieldProps) {
  return (
    <FormControl required>
      <FormControl.Label>Value</FormControl.Label>
      <TextInput
        block
        maxLength={1_000}
        value={typeof value === 'string' ? value : ''}
        onChange={({ target }) => onValue(target.value)}
      />
    </FormControl>
  )
}

function Members({ value, onValue, values }: FieldProps & { values: readonly string[] }) {
  const picked = Array.isArray(value) ? value : []
  return (
    <CheckboxGroup required>
      <CheckboxGroup.Label>Value</CheckboxGroup.Label>
      {values.map((each) => (
        <FormControl key={each}>
          <Checkbox
            value={each}
            checked={picked.includes(each)}
            onChange={({ target }) =>
              onValue(values.filter((member) => (member === each ? target.checked : picked.includes(member))))
            }
          />
          <FormControl.Label>{each}</FormControl.Label>
        </FormControl>
      ))}
    </CheckboxGroup>
  )
}

function Lines({ value, onValue }: FieldProps) {
  return (
    <FormControl required>
      <FormControl.Label>Value</FormControl.Label>
      <Textarea
        block
        rows={5}
        value={Array.isArray(value) ? value.join('\n') : ''}
        onChange={({ target }) => onValue(target.value.split('\n'))}
      />
      <FormControl.Caption>One on each line.</FormControl.Caption>
    </FormControl>
  )
}
