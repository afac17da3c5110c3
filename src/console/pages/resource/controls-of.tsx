import { ShieldCheckIcon } from '@primer/octicons-react'
import { controls } from '../../api/queries.ts'
import { Nothing } from '../../parts/answered.tsx'
import { both, term, useFilter } from '../../parts/filter.ts'
import { FilterBox } from '../../parts/filter-box.tsx'
import { List } from '../../parts/list.tsx'
import { controlColumns } from '../control-list.tsx'

/** The controls of a resource and of all below it. */
export function ControlsOf({ id }: { id: number }) {
  const [filter, setFilter] = useFilter()
  return (
    <>
      <FilterBox filter={filter} onFilter={setFilter} example={`state:alarm resource:${id}`} />
      <List
        query={controls(both(term('under', id), filter))}
        columns={controlColumns(true)}
        of={['control', 'controls']}
        none={
          <Nothing icon={ShieldCheckIcon} title="No controls">
            No control of this resource, nor of one below it, fits the filter.
          </Nothing>
        }
      />
    </>
  )
}
