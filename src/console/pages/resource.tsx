import { LinkExternalIcon } from '@primer/octicons-react'
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import { resource } from '../api/queries.ts'
import type { ResourceDetail } from '../api/types.ts'
import { ActivityList } from '../parts/activity-list.tsx'
import { Answered } from '../parts/answered.tsx'
import { term } from '../parts/filter.ts'
import { Page } from '../parts/page.tsx'
import { Panels } from '../parts/panels.tsx'
import { Time } from '../parts/time.tsx'
import { Compare } from './resource/compare.tsx'
import { ControlsOf } from './resource/controls-of.tsx'
import { DataAsOf } from './resource/data-as-of.tsx'
import { Descendant } from './resource/descendant.tsx'
import { PoliciesInForce } from './resource/policies-in-force.tsx'
import { Timeline } from './resource/timeline.tsx'

/** One resource: what is known of it, how it is judged, what is asked of it, and what became of it. */
export default function Resource({ id }: { id: number }) {
  const query = useQuery(resource(id))
  return <Answered query={query}>{(detail) => <Shown resource={detail} />}</Answered>
}

function Shown({ resource: shown }: { resource: ResourceDetail }) {
  const [query] = useSearchParams()
  const tabs = [
    { name: 'data', label: 'Data', page: <DataAsOf resource={shown} /> },
    ...(shown.hasChildren ? [{ name: 'descendant', label: 'Descendant', page: <Descendant id={shown.id} /> }] : []),
    { name: 'controls', label: 'Controls', page: <ControlsOf id={shown.id} /> },
    { name: 'policies', label: 'Policies', page: <PoliciesInForce id={shown.id} /> },
    { name: 'timeline', label: 'Timeline', page: <Timeline id={shown.id} /> },
    { name: 'compare', label: 'Compare', page: <Compare resource={shown} /> },
    { name: 'activity', label: 'Activity', page: <ActivityList filter={term('under', shown.id)} /> },
  ]
  return (
    <Page
      title={shown.title}
      crumbs={[
        { text: 'Resources', href: '/resources' },
        ...shown.path.map(({ id, title }) => ({ text: title, href: `/resources/${id}` })),
      ]}
      lead={<Lead resource={shown} />}
      actions={
        shown.url && (
          <a href={shown.url} target="_blank" rel="noreferrer">
            On GitHub <LinkExternalIcon aria-hidden />
            <span className="only-read"> (in a new tab)</span>
          </a>
        )
      }
    >
      <Panels tabs={tabs} shown={query.get('tab') ?? 'data'} />
    </Page>
  )
}

function Lead({ resource: { type, goneAt, goneReason, lastSeenAt, refusal } }: { resource: ResourceDetail }) {
  return (
    <>
      {type}, {goneAt ? 'gone since ' : 'last seen '}
      <Time at={goneAt ?? lastSeenAt} />
      {goneReason && ` (${goneReason})`}
      {refusal && `. It cannot be read: ${refusal.reason} ${refusal.remedy ?? ''}`}
    </>
  )
}
