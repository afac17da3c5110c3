import { useQuery } from '@tanstack/react-query'
import { connection } from '../api/queries.ts'
import { Answered } from '../parts/answered.tsx'
import { Page } from '../parts/page.tsx'
import { Removing } from './connection/removing.tsx'

/** Takes an organization out of Guardpost: what goes, its name typed, then step by step. */
export default function Remove({ id }: { id: number }) {
  // Asked once: while it is being removed it is there no longer, and the page still tells how that goes.
  const query = useQuery({ ...connection(id), queryKey: ['fixed', 'removed', id], staleTime: Number.POSITIVE_INFINITY })
  return (
    <Answered query={query}>
      {({ login }) => (
        <Page
          title={`Remove ${login}`}
          crumbs={[
            { text: 'Connections', href: '/connections' },
            { text: login, href: `/connections/${id}` },
          ]}
          lead="Guardpost leaves the organization as it found it, and forgets it."
        >
          <Removing id={id} login={login} />
        </Page>
      )}
    </Answered>
  )
}
