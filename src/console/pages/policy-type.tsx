import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import { policyTypes } from '../api/queries.ts'
import type { PolicyType } from '../api/types.ts'
import { Answered } from '../parts/answered.tsx'
import { both, term, useFilter } from '../parts/filter.ts'
import { FilterBox } from '../parts/filter-box.tsx'
import { NewSettingLink } from '../parts/new-setting-link.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Words } from '../parts/prose.tsx'
import { SettingList } from '../parts/setting-list.tsx'
import NotFound from './not-found.tsx'
import { Specification } from './policies/specification.tsx'

/** One policy type: what it decides, what it takes, and where it was set. */
export default function PolicyTypePage() {
  const [query] = useSearchParams()
  const path = query.get('path')
  const types = useQuery(policyTypes())
  return (
    <Answered query={types}>
      {(all) => {
        const type = all.find((each) => each.path === path)
        return type ? <Shown type={type} /> : <NotFound />
      }}
    </Answered>
  )
}

function Shown({ type }: { type: PolicyType }) {
  const [filter, setFilter] = useFilter()
  return (
    <Page
      title={type.path}
      crumbs={[{ text: 'Policies', href: '/policies' }]}
      lead={<Words text={type.question} />}
      actions={
        <>
          {type.control && <Link href={`/controls?${new URLSearchParams({ type: type.control })}`}>Its controls</Link>}
          <NewSettingLink type={type.path} />
        </>
      }
    >
      <div className="columns">
        <Section title="Policy settings" bare>
          <FilterBox
            filter={filter}
            onFilter={setFilter}
            example="precedence:required acme"
            choices={[
              {
                name: 'precedence',
                label: 'Precedence',
                options: [
                  { value: 'required', label: 'Required' },
                  { value: 'recommended', label: 'Recommended' },
                ],
              },
            ]}
          />
          <SettingList filter={both(term('policy', type.path), filter)} withType={false} />
        </Section>
        <div className="side">
          <Specification type={type} />
        </div>
      </div>
    </Page>
  )
}
