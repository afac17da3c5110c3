import { FormControl, Select, TextInput } from '@primer/react'
import { useState } from 'react'
import type { NewSelector } from '../../api/types.ts'

const eithers = {
  archived: { label: 'Archived', yes: 'Archived ones', no: 'Those that are not' },
  fork: { label: 'Forks', yes: 'Forks', no: 'Those that are none' },
} as const

const visibilities = ['public', 'private', 'internal'] as const

/** Which repositories below a place: those for which all that is filled in holds. */
export function SelectorFields({
  selector,
  onSelector,
}: {
  selector: NewSelector | null
  onSelector: (selector: NewSelector | null) => void
}) {
  const change = (part: Partial<NewSelector>) => {
    const parts = Object.entries({ ...selector, ...part }).filter(([, value]) => value !== undefined)
    onSelector(parts.length === 0 ? null : (Object.fromEntries(parts) as NewSelector))
  }
  return (
    <fieldset className="plain-set stack">
      <legend>Only for some repositories</legend>
      <FormControl>
        <FormControl.Label>Name</FormControl.Label>
        <TextInput
          block
          placeholder="svc-*"
          value={selector?.name ?? ''}
          onChange={({ target }) => change({ name: target.value || undefined })}
        />
        <FormControl.Caption>`*` stands for anything.</FormControl.Caption>
      </FormControl>
      <FormControl>
        <FormControl.Label>Topic</FormControl.Label>
        <TextInput
          block
          value={selector?.topic ?? ''}
          onChange={({ target }) => change({ topic: target.value || undefined })}
        />
      </FormControl>
      <PropertyField onProperty={(property) => change({ property })} />
      <FormControl>
        <FormControl.Label>Visibility</FormControl.Label>
        <Select
          block
          value={selector?.visibility?.[0] ?? ''}
          onChange={({ target }) => {
            const chosen = visibilities.find((each) => each === target.value)
            change({ visibility: chosen && [chosen] })
          }}
        >
          <Select.Option value="">Any</Select.Option>
          {visibilities.map((each) => (
            <Select.Option key={each} value={each}>
              {each}
            </Select.Option>
          ))}
        </Select>
      </FormControl>
      {(Object.keys(eithers) as (keyof typeof eithers)[]).map((name) => (
        <FormControl key={name}>
          <FormControl.Label>{eithers[name].label}</FormControl.Label>
          <Select
            block
            value={{ true: 'yes', false: 'no', undefined: '' }[`${selector?.[name]}`]}
            onChange={({ target }) => change({ [name]: target.value === '' ? undefined : target.value === 'yes' })}
          >
            <Select.Option value="">Any</Select.Option>
            <Select.Option value="yes">{eithers[name].yes}</Select.Option>
            <Select.Option value="no">{eithers[name].no}</Select.Option>
          </Select>
        </FormControl>
      ))}
    </fieldset>
  )
}

/** Half a property selects nothing: it counts from when both its name and its value are there. */
function PropertyField({ onProperty }: { onProperty: (property: NewSelector['property']) => void }) {
  const [text, setText] = useState('')
  const isHalf = text.trim() !== '' && propertyIn(text) === undefined
  return (
    <FormControl>
      <FormControl.Label>Custom property</FormControl.Label>
      <TextInput
        block
        placeholder="tier=gold"
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          onProperty(propertyIn(target.value))
        }}
      />
      {isHalf && <FormControl.Validation variant="error">It takes a name, `=` and a value.</FormControl.Validation>}
    </FormControl>
  )
}

function propertyIn(text: string): NewSelector['property'] {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? []
  return name?.trim() && value?.trim() ? { [name.trim()]: value.trim() } : undefined
}
