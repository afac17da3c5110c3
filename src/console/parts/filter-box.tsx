import { FilterIcon, TriangleDownIcon, XCircleFillIcon } from '@primer/octicons-react'
import { ActionList, ActionMenu, Button, TextInput } from '@primer/react'
import { useEffect, useId, useState } from 'react'
import { termIn, withTerm } from './filter.ts'

/** A term that can be picked instead of typed. */
export interface Choice {
  /** The term, e.g. `state`. */
  readonly name: string
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

/** How long after the last key the list follows, in milliseconds. */
const rest = 250

/** The one filter of all lists: typed in the filter language, or picked. */
export function FilterBox({
  filter,
  onFilter,
  example,
  choices = [],
}: {
  filter: string
  onFilter: (filter: string) => void
  example: string
  choices?: readonly Choice[]
}) {
  const [typed, setTyped] = useState(filter)
  const hint = useId()
  useEffect(() => setTyped(filter), [filter])
  useEffect(() => {
    if (typed.trim() === filter) return
    const timer = setTimeout(() => onFilter(typed.trim()), rest)
    return () => clearTimeout(timer)
  }, [typed, filter, onFilter])
  return (
    <search className="filter">
      <form
        className="filter-form"
        onSubmit={(event) => {
          event.preventDefault()
          onFilter(typed.trim())
        }}
      >
        <TextInput
          block
          data-filter
          type="text"
          aria-label="Filter"
          aria-describedby={hint}
          leadingVisual={FilterIcon}
          placeholder={example}
          value={typed}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={({ key, currentTarget }) => key === 'Escape' && currentTarget.blur()}
          {...(typed !== '' && {
            trailingAction: (
              <TextInput.Action icon={XCircleFillIcon} aria-label="Clear the filter" onClick={() => onFilter('')} />
            ),
          })}
        />
        <span id={hint} className="only-read">
          Words and terms such as {example}. Press / to come here.
        </span>
      </form>
      {choices.map((choice) => (
        <QuickChoice key={choice.name} choice={choice} filter={filter} onFilter={onFilter} />
      ))}
    </search>
  )
}

function QuickChoice({
  choice: { name, label, options },
  filter,
  onFilter,
}: {
  choice: Choice
  filter: string
  onFilter: (filter: string) => void
}) {
  const chosen = termIn(filter, name)
  const current = options.find(({ value }) => value === chosen)
  return (
    <ActionMenu>
      <ActionMenu.Anchor>
        <Button trailingVisual={TriangleDownIcon}>{current ? `${label}: ${current.label}` : label}</Button>
      </ActionMenu.Anchor>
      <ActionMenu.Overlay>
        <ActionList selectionVariant="single">
          <ActionList.Item selected={chosen === null} onSelect={() => onFilter(withTerm(filter, name, null))}>
            All
          </ActionList.Item>
          {options.map((option) => (
            <ActionList.Item
              key={option.value}
              selected={option.value === chosen}
              onSelect={() => onFilter(withTerm(filter, name, option.value))}
            >
              {option.label}
            </ActionList.Item>
          ))}
        </ActionList>
      </ActionMenu.Overlay>
    </ActionMenu>
  )
}
