import { useQuery } from '@tanstack/react-query'
import { control } from '../api/queries.ts'
import type { ControlDetail } from '../api/types.ts'
import { ActivityList } from '../parts/activity-list.tsx'
import { Answered } from '../parts/answered.tsx'
import { term } from '../parts/filter.ts'
import { Page, Section } from '../parts/page.tsx'
import { ControlActions } from './control/actions.tsx'
import { Calls, Runs } from './control/runs.tsx'
import { Side } from './control/side.tsx'
import { Verdict } from './control/verdict.tsx'

/** One control: how it stands, why, and what to do about it. */
export default function Control({ id }: { id: number }) {
  const query = useQuery(control(id))
  return <Answered query={query}>{(detail) => <Shown control={detail} />}</Answered>
}

const ofType = (path: string): string => `/controls?${new URLSearchParams({ type: path })}`

function Shown({ control: shown }: { control: ControlDetail }) {
  return (
    <Page
      title={`${shown.path} on ${shown.resource.title}`}
      crumbs={[
        { text: 'Controls', href: '/controls' },
        { text: shown.path, href: ofType(shown.path) },
      ]}
      lead={shown.title}
      actions={<ControlActions control={shown} />}
    >
      <div className="columns">
        <div>
          <Verdict control={shown} />
          <Section title="Activity" bare>
            <ActivityList filter={term('resource', shown.resource.id)} />
          </Section>
          <Calls calls={shown.run?.calls ?? []} />
          <Runs id={shown.id} />
        </div>
        <Side control={shown} />
      </div>
    </Page>
  )
}
