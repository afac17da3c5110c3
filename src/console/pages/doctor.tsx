import { useQuery } from '@tanstack/react-query'
import { connection, examination } from '../api/queries.ts'
import type { ConnectionDetail } from '../api/types.ts'
import { Answered } from '../parts/answered.tsx'
import { Page } from '../parts/page.tsx'
import { Begin } from './doctor/begin.tsx'
import { Symptoms } from './doctor/symptoms.tsx'

/** How often is looked whether an examination has ended, in milliseconds. */
const look = 1_000

/** What is wrong between GitHub and here for one organization, asked now, with who mends it where. */
export default function DoctorPage({ id }: { id: number }) {
  return <Answered query={useQuery(connection(id))}>{(shown) => <Shown connection={shown} />}</Answered>
}

function Shown({ connection: { id, login } }: { connection: ConnectionDetail }) {
  const query = useQuery({
    ...examination(id),
    refetchInterval: ({ state: { data } }) => (data?.startedAt && data.endedAt === null ? look : false),
  })
  const isUnderWay = Boolean(query.data?.startedAt && query.data.endedAt === null)
  return (
    <Page
      title={`Doctor of ${login}`}
      crumbs={[
        { text: 'Connections', href: '/connections' },
        { text: login, href: `/connections/${id}` },
      ]}
      lead="Asks GitHub now: permissions, events, webhooks, the delivery log, limits and the clock. GitHub is only read, but for a ping of our webhooks."
    >
      <div className="stack">
        <Begin id={id} isUnderWay={isUnderWay} />
        <Answered query={query}>{(found) => <Symptoms examination={found} />}</Answered>
      </div>
    </Page>
  )
}
