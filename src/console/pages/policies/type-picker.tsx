import { Button, FormControl, TextInput } from '@primer/react'
import { useState } from 'react'
import type { PolicyType } from '../../api/types.ts'
import { Words } from '../../parts/prose.tsx'

/** Which policy is set. */
export function TypePicker({
  types,
  type,
  onPick,
}: {
  types: readonly PolicyType[]
  type: PolicyType | undefined
  onPick: (path: string | null) => void
}) {
  const [words, setWords] = useState('')
  if (type)
    return (
      <fieldset className="plain-set">
        <legend>Policy type</legend>
        <div className="picked">
          <span>{type.path}</span>
          <Button size="small" onClick={() => onPick(null)}>
            Change
          </Button>
        </div>
      </fieldset>
    )
  const found = types.filter(({ path, question }) =>
    words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => `${path} ${question}`.toLowerCase().includes(word)),
  )
  return (
    <div>
      <FormControl required>
        <FormControl.Label>Policy type</FormControl.Label>
        <TextInput
          block
          value={words}
          placeholder="Find a policy type"
          onChange={({ target }) => setWords(target.value)}
        />
      </FormControl>
      <ul className="picker-found" aria-label="Policy types">
        {found.map(({ path, question }) => (
          <li key={path}>
            <button type="button" onClick={() => onPick(path)}>
              {path}
              <span className="cell-sub">
                <Words text={question} />
              </span>
            </button>
          </li>
        ))}
        {found.length === 0 && <li className="pad muted">No policy type has these words.</li>}
      </ul>
    </div>
  )
}
