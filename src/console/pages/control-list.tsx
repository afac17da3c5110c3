import { SearchIcon } from '@primer/octicons-react'
import { Label } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { controls, controlTypes } from '../api/queries.ts'
import type { ControlRow } from '../api/types.ts'
import { Nothing } from '../parts/answered.tsx'
import { useConnectionChoice } from '../parts/connection-choice.ts'
import { both, term, useFilter } from '../parts/filter.ts'
import { type Choice, FilterBox } from '../parts/filter-box.tsx'
import { type Column, List } from '../parts/list.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Words } from '../parts/prose.tsx'
import { State, stateNames, states } from '../parts/state.tsx'
import { Time } from '../parts/time.tsx'

const stateChoice: Choice = {
  name: 'state',
  label: 'State',
  options: stateNames.map((value) => ({ value, label: states[value].label })),
}
const mutedChoice: Choice = { name: 'muted', label: 'Muted', options: [{ value: 'true', label: 'Muted' }] }

/** What a list of controls shows of each; within one type the type goes without saying. */
export const controlColumns = (withType: boolean): readonly Column<ControlRow>[] => [
  {
    title: withType ? 'Control' : 'Resource',
    width: 'minmax(0, 5fr)',
    lead: true,
    cell: (row) => (
      <>
        <Link href={`/controls/${row.id}`} className="strong">
          {withType ? row.path : row.resource.title}
        </Link>
        {withType && <span className="cell-sub">{row.resource.title}</span>}
      </>
    ),
  },
  {
    title: 'State',
    width: '120px',
    cell: (row) => (
      <span className="inline">
        <State state={row.state} />
        {row.muted && <Label size="small">Muted</Label>}
      </span>
    ),
  },
  {
    title: 'Reason',
    width: 'minmax(0, 6fr)',
    cell: (row) => (
      <span className="clip">
        <Words text={row.reason} />
      </span>
    ),
  },
  { title: 'Since', width: '120px', cell: (row) => <Time at={row.since} /> },
]

/** The **Descendant** list: every control of a type, or all that fit a filter. */
export function ControlList({ type }: { type: string | null }) {
  const [filter, setFilter] = useFilter()
  const about = useQuery(controlTypes()).data?.find(({ path }) => path === type)
  const choices = [stateChoice, ...useConnectionChoice(), mutedChoice]
  const list = (
    <>
      <FilterBox
        filter={filter}
        onFilter={setFilter}
        example={type === null ? 'state:alarm type:"GitHub > Repository > CMDB" web' : 'state:alarm web'}
        choices={choices}
      />
      <List
        query={controls(both(type === null ? '' : term('type', type), filter))}
        columns={controlColumns(type === null)}
        of={['control', 'controls']}
        none={
          <Nothing icon={SearchIcon} title="No control fits">
            Nothing among the controls you may see fits the filter. Take a word or a term away.
          </Nothing>
        }
      />
    </>
  )
  return (
    <Page
      title={type ?? 'All controls'}
      crumbs={[{ text: 'Controls', href: '/controls' }]}
      lead={about?.title}
      actions={type && <Link href={`/policies/type?${new URLSearchParams({ path: type })}`}>Its policy</Link>}
    >
      {type === null ? (
        list
      ) : (
        <Section title="Descendant" bare>
          {list}
        </Section>
      )}
    </Page>
  )
}
