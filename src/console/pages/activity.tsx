import { ActivityList } from '../parts/activity-list.tsx'
import { useConnectionChoice } from '../parts/connection-choice.ts'
import { useFilter } from '../parts/filter.ts'
import { FilterBox } from '../parts/filter-box.tsx'
import { Page } from '../parts/page.tsx'

/** Who changed what, when, and how it is known. */
export default function ActivityPage() {
  const [filter, setFilter] = useFilter()
  return (
    <Page title="Activity" lead="Who changed what, when, and how Guardpost knows.">
      <FilterBox filter={filter} onFilter={setFilter} example="actor:octocat renamed" choices={useConnectionChoice()} />
      <ActivityList filter={filter} />
    </Page>
  )
}
