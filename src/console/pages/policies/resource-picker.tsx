import { Button, FormControl, TextInput } from '@primer/react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { pagesOf, resource, resources } from '../../api/queries.ts'
import { term } from '../../parts/filter.ts'

/** Where something holds: one resource, of the types that may be. */
export function ResourcePicker({
  targets,
  picked,
  onPick,
}: {
  targets: readonly string[]
  picked: number | null
  onPick: (id: number | null) => void
}) {
  const chosen = useQuery({ ...resource(picked ?? 0), enabled: picked !== null })
  if (picked === null) return <Search targets={targets} onPick={onPick} />
  return (
    <fieldset className="plain-set">
      <legend>Resource</legend>
      <div className="picked">
        <span>
          {chosen.data ? chosen.data.title : chosen.error ? chosen.error.message : 'Loading…'}
          <span className="cell-sub">{chosen.data?.type}</span>
        </span>
        <Button size="small" onClick={() => onPick(null)}>
          Change
        </Button>
      </div>
    </fieldset>
  )
}

function Search({ targets, onPick }: { targets: readonly string[]; onPick: (id: number) => void }) {
  const [words, setWords] = useState('')
  const [only] = targets
  const filter = [targets.length === 1 && only ? term('type', only) : '', useDeferredValue(words)].join(' ').trim()
  const asked = useInfiniteQuery({ ...pagesOf(resources(filter)), placeholderData: (before) => before })
  const found = (asked.data?.pages[0]?.items ?? []).filter(({ type }) => targets.includes(type))
  return (
    <div>
      <FormControl required>
        <FormControl.Label>Resource</FormControl.Label>
        <TextInput
          block
          value={words}
          placeholder="Find a resource by its name"
          onChange={({ target }) => setWords(target.value)}
        />
        <FormControl.Caption>The setting holds for it and for all below it.</FormControl.Caption>
      </FormControl>
      <ul className="picker-found" aria-label="Resources">
        {found.map(({ id, title, type }) => (
          <li key={id}>
            <button type="button" onClick={() => onPick(id)}>
              {title}
              <span className="cell-sub">{type}</span>
            </button>
          </li>
        ))}
        {asked.error && <li className="pad muted">{asked.error.message}</li>}
        {asked.data && found.length === 0 && <li className="pad muted">No resource has these words.</li>}
      </ul>
    </div>
  )
}
