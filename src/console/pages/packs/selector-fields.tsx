import { FormControl, Select, TextInput } from '@primer/react'
import { useState } from 'react'
import type { NewSelector } from '../../api/types.ts'

const eithers = {
  archived: { label: 'Archived', yes: 'Archived ones', no: 'Those that are not' },
  fork: { label: 'Forks', yes: 'Forks', no: 'Those that are none' },
} as const

const visibilities = ['public', 'private', 'internal'] as const

/** Which repositories below a place: those for which all that is filled in holds. */
export function SelectorFields({ onSelector }: { onSelector: (selector: NewSelector | null) => void }) {
  const [selector, setSelector] = useState<NewSelector>({})
  const change = (part: Partial<NewSelector>) => {
    const next = Object.fromEntries(
      Object.entries({ ...selector, ...part }).filter(([, value]) => value !== undefined),
    ) as NewSelector
    setSelector(next)
    onSelector(Object.keys(next).length === 0 ? null : next)
  }
  return (
    <fieldset className="plain-set stack">
      <legend>Only for some repositories</legend>
      <FormControl>
        <FormControl.Label>Name</FormControl.Label>
        <TextInput block placeholder="svc-*" onChange={({ target }) => change({ name: target.value || undefined })} />
        <FormControl.Caption>`*` stands for anything.</FormControl.Caption>
      </FormControl>
      <FormControl>
        <FormControl.Label>Topic</FormControl.Label>
        <TextInput block onChange={({ target }) => change({ topic: target.value || undefined })} />
      </FormControl>
      <FormControl>
        <FormControl.Label>Visibility</FormControl.Label>
        <Select
          block
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
      {Object.entries(eithers).map(([name, { label, yes, no }]) => (
        <FormControl key={name}>
          <FormControl.Label>{label}</FormControl.Label>
          <Select
            block
            onChange={({ target }) => change({ [name]: target.value === '' ? undefined : target.value === 'yes' })}
          >
            <Select.Option value="">Any</Select.Option>
            <Select.Option value="yes">{yes}</Select.Option>
            <Select.Option value="no">{no}</Select.Option>
          </Select>
        </FormControl>
      ))}
    </fieldset>
  )
}
