import { DiffIcon } from '@primer/octicons-react'
import { FormControl, Label, TextInput } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import { resourceChanges, resourceDifference } from '../../api/queries.ts'
import type { Became, Difference, ResourceDetail } from '../../api/types.ts'
import { Answered, Nothing } from '../../parts/answered.tsx'
import { Changes } from '../../parts/changes.tsx'
import { exactMoment, localOf } from '../../parts/exact-moment.ts'
import { type Column, List } from '../../parts/list.tsx'
import { Section } from '../../parts/page.tsx'
import { Time } from '../../parts/time.tsx'

const day = 86_400_000

/** What two moments do not have in common: of the resource, and of all below it. */
export function Compare({ resource: { id, title, createdAt, hasChildren } }: { resource: ResourceDetail }) {
  const [query, setQuery] = useSearchParams()
  const yesterday = new Date(Math.floor(Date.now() / 60_000) * 60_000 - day).toISOString()
  const from = query.get('from') ?? (yesterday > createdAt ? yesterday : createdAt)
  const to = query.get('to')
  const set = (name: string, moment: string | null) =>
    setQuery(
      (before) => {
        const next = new URLSearchParams(before)
        next.set('from', from)
        if (moment === null) next.delete(name)
        else next.set(name, moment)
        return next
      },
      { replace: true },
    )
  return (
    <>
      <div className="slider">
        <Moment label="From" value={from} onValue={(moment) => set('from', moment)} />
        <Moment label="To" note="Empty: now" value={to} onValue={(moment) => set('to', moment)} />
      </div>
      <Own id={id} title={title} from={from} to={to} />
      {hasChildren && <Below id={id} from={from} to={to} />}
    </>
  )
}

function Moment({
  label,
  note,
  value,
  onValue,
}: {
  label: string
  note?: string
  value: string | null
  onValue: (moment: string | null) => void
}) {
  const isMoment = value !== null && !Number.isNaN(Date.parse(value))
  return (
    <FormControl>
      <FormControl.Label>{label}</FormControl.Label>
      <TextInput
        type="datetime-local"
        step={1}
        value={isMoment ? localOf(value) : ''}
        onChange={({ target }) => onValue(target.value === '' ? null : new Date(target.value).toISOString())}
      />
      {note && <FormControl.Caption>{note}</FormControl.Caption>}
    </FormControl>
  )
}

interface Interval {
  readonly id: number
  readonly from: string
  readonly to: string | null
}

function Own({ id, title, from, to }: Interval & { title: string }) {
  const query = useQuery(resourceDifference(id, from, to))
  return (
    <Section title={`What became of ${title}`}>
      <Answered query={query}>
        {(difference) => (
          <div className="pad stack">
            <p>{inWords(difference)}</p>
            {difference.kind === 'changed' && <Changes changes={difference.changes} />}
          </div>
        )}
      </Answered>
    </Section>
  )
}

function inWords({ kind, before, after, beforeKept, changes, from }: Difference): string {
  if (!beforeKept) return `What it was at ${exactMoment(from)} is no longer kept.`
  const renamed = before && after && before.title !== after.title ? ` It was called ${before.title} before.` : ''
  if (kind === 'changed')
    return `${changes.length} ${changes.length === 1 ? 'field' : 'fields'} changed, from version ${before?.version} to version ${after?.version}.${renamed}`
  if (kind === 'found') return 'It was not there at the earlier moment, and was at the later one.'
  if (kind === 'gone') return 'It was there at the earlier moment, and was gone at the later one.'
  return before === null && after === null ? 'It was not recorded at either moment.' : `Nothing changed.${renamed}`
}

const looks = {
  found: { label: 'Found', variant: 'success' },
  changed: { label: 'Changed', variant: 'attention' },
  gone: { label: 'Gone', variant: 'danger' },
} as const

const columns: readonly Column<Became>[] = [
  {
    title: 'Resource',
    width: 'minmax(0, 4fr)',
    lead: true,
    cell: ({ resource, kind, changes, beforeKept }) => (
      <>
        <Link href={`/resources/${resource.id}`} className="strong">
          {resource.title}
        </Link>
        {kind === 'changed' && beforeKept && (
          <details>
            <summary className="small muted">
              {changes.length} {changes.length === 1 ? 'field' : 'fields'}
            </summary>
            <Changes changes={changes} />
          </details>
        )}
        {!beforeKept && <span className="cell-sub">What it was before is no longer kept.</span>}
      </>
    ),
  },
  { title: 'Type', width: 'minmax(0, 3fr)', cell: ({ resource }) => resource.type },
  {
    title: 'What',
    width: '120px',
    cell: ({ kind }) => <Label variant={looks[kind].variant}>{looks[kind].label}</Label>,
  },
  { title: 'Last changed', width: '140px', cell: ({ at }) => <Time at={at} /> },
]

function Below({ id, from, to }: Interval) {
  return (
    <Section title="What changed in it and below it" bare>
      <List
        query={resourceChanges(id, from, to)}
        columns={columns}
        of={['resource', 'resources']}
        none={
          <Nothing icon={DiffIcon} title="Nothing changed">
            Between the two moments nothing was found, changed or went. Choose others, further apart.
          </Nothing>
        }
      />
    </Section>
  )
}
