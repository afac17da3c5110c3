import { ListUnorderedIcon, RepoIcon } from '@primer/octicons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import { resources, resourceTypes } from '../api/queries.ts'
import { Nothing } from '../parts/answered.tsx'
import { useConnectionChoice } from '../parts/connection-choice.ts'
import { useFilter } from '../parts/filter.ts'
import { type Choice, FilterBox } from '../parts/filter-box.tsx'
import { List } from '../parts/list.tsx'
import { Page } from '../parts/page.tsx'
import { stateNames, states } from '../parts/state.tsx'
import { resourceColumns } from './resource/columns.tsx'
import { Tree } from './resource/tree.tsx'

const stateChoice: Choice = {
  name: 'state',
  label: 'State',
  options: stateNames.map((value) => ({ value, label: states[value].label })),
}
const goneChoice: Choice = { name: 'gone', label: 'Gone', options: [{ value: 'true', label: 'Gone' }] }

/** What is recorded: as a tree, or, where something is looked for, as a list. */
export default function Resources() {
  const [query] = useSearchParams()
  const [filter, setFilter] = useFilter()
  const types = useQuery(resourceTypes()).data ?? []
  const typeChoice: Choice = {
    name: 'type',
    label: 'Type',
    options: types.map(({ type }) => ({ value: type, label: type })),
  }
  const isList = filter !== '' || query.has('all')
  return (
    <Page
      title="Resources"
      lead="What Guardpost has recorded of GitHub."
      actions={
        isList ? (
          <Link href="/resources">
            <RepoIcon /> As a tree
          </Link>
        ) : (
          <Link href="/resources?all">
            <ListUnorderedIcon /> As a list
          </Link>
        )
      }
    >
      <FilterBox
        filter={filter}
        onFilter={setFilter}
        example='type:"GitHub > Repository" web'
        choices={[...(types.length > 0 ? [typeChoice] : []), stateChoice, ...useConnectionChoice(), goneChoice]}
      />
      {isList ? (
        <List
          query={resources(filter)}
          columns={resourceColumns}
          of={['resource', 'resources']}
          none={
            <Nothing icon={RepoIcon} title="No resource fits">
              Nothing among the resources you may see fits the filter. Take a word or a term away.
            </Nothing>
          }
        />
      ) : (
        <Tree />
      )}
    </Page>
  )
}
