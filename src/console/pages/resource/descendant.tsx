import { RepoIcon } from '@primer/octicons-react'
import { resources } from '../../api/queries.ts'
import { Nothing } from '../../parts/answered.tsx'
import { both, term, useFilter } from '../../parts/filter.ts'
import { FilterBox } from '../../parts/filter-box.tsx'
import { List } from '../../parts/list.tsx'
import { resourceColumns } from './columns.tsx'

/** Everything below a resource. */
export function Descendant({ id }: { id: number }) {
  const [filter, setFilter] = useFilter()
  return (
    <>
      <FilterBox filter={filter} onFilter={setFilter} example="state:alarm web" />
      <List
        query={resources(both(term('under', id), filter))}
        columns={resourceColumns}
        of={['resource', 'resources']}
        none={
          <Nothing icon={RepoIcon} title="Nothing below it">
            Nothing recorded below this resource fits the filter.
          </Nothing>
        }
      />
    </>
  )
}
