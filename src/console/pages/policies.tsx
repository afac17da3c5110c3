import { LawIcon } from '@primer/octicons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { policyTypes } from '../api/queries.ts'
import type { PolicyType } from '../api/types.ts'
import { Answered, Nothing } from '../parts/answered.tsx'
import { useFilter } from '../parts/filter.ts'
import { FilterBox } from '../parts/filter-box.tsx'
import { NewSettingLink } from '../parts/new-setting-link.tsx'
import { Page, Section } from '../parts/page.tsx'
import { PolicyPlaces } from '../parts/policy-places.tsx'
import { Words } from '../parts/prose.tsx'
import { SettingList } from '../parts/setting-list.tsx'

/** Find a policy type; and every setting there is. */
export default function Policies() {
  const query = useQuery(policyTypes())
  const [filter, setFilter] = useFilter()
  return (
    <Page
      title="Policies"
      lead="What is asked of each resource. A setting holds for the resource it is made on and for all below it."
      actions={<NewSettingLink />}
    >
      <PolicyPlaces />
      <FilterBox filter={filter} onFilter={setFilter} example="event handlers" />
      <Section title="Policy types" bare>
        <Answered query={query}>{(types) => <Types types={types.filter((type) => fits(type, filter))} />}</Answered>
      </Section>
      <Section title="Policy settings" bare>
        <SettingList filter={filter} withType />
      </Section>
    </Page>
  )
}

/** By every word, in the path or the question. */
const fits = ({ path, question }: PolicyType, filter: string): boolean => {
  const text = `${path} ${question}`.toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => word.includes(':') || text.includes(word.replaceAll('"', '')))
}

function Types({ types }: { types: readonly PolicyType[] }) {
  if (types.length === 0)
    return (
      <div className="box">
        <Nothing icon={LawIcon} title="No policy type fits">
          Try another word: “event handlers”, “CMDB”, “reporting”.
        </Nothing>
      </div>
    )
  return (
    <ul className="lines box">
      {types.map(({ path, question, settings }) => (
        <li key={path} className="group group-policy">
          <div>
            <Link href={`/policies/type?${new URLSearchParams({ path })}`} className="strong">
              {path}
            </Link>
            <span className="cell-sub">
              <Words text={question} />
            </span>
          </div>
          <span className="muted small">
            {settings === 0 ? 'Default' : `${settings} ${settings === 1 ? 'setting' : 'settings'}`}
          </span>
        </li>
      ))}
    </ul>
  )
}
