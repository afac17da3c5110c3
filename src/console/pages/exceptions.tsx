import { LawIcon } from '@primer/octicons-react'
import { Label } from '@primer/react'
import { Link } from 'wouter'
import { policyExceptions } from '../api/queries.ts'
import type { PolicyException } from '../api/types.ts'
import { Nothing } from '../parts/answered.tsx'
import { type Column, List } from '../parts/list.tsx'
import { Page } from '../parts/page.tsx'
import { PlaceName } from '../parts/place-name.tsx'
import { PolicyPlaces } from '../parts/policy-places.tsx'
import { Answer } from '../parts/prose.tsx'
import { SelectorWords } from '../parts/selector-words.tsx'
import { SetBy } from '../parts/set-by.tsx'
import { Time } from '../parts/time.tsx'

/** What is required somewhere although something else is required above it: by whom, why, and until when. */
export default function Exceptions() {
  return (
    <Page
      title="Exceptions"
      crumbs={[{ text: 'Policies', href: '/policies' }]}
      lead="Required settings below another Required one. What expires first comes first."
    >
      <PolicyPlaces />
      <List
        query={policyExceptions()}
        columns={columns}
        of={['exception', 'exceptions']}
        none={
          <Nothing icon={LawIcon} title="No exception">
            Nobody asks anything else than what is required above.
          </Nothing>
        }
      />
    </Page>
  )
}

const columns: readonly Column<PolicyException & { id: string }>[] = [
  {
    title: 'Policy',
    width: 'minmax(0, 4fr)',
    lead: true,
    cell: ({ path, note }) => (
      <>
        <Link href={`/policies/type?${new URLSearchParams({ path })}`} className="strong">
          {path}
        </Link>
        <span className="cell-sub">{note ?? 'No reason is given'}</span>
      </>
    ),
  },
  {
    title: 'On',
    width: 'minmax(0, 2fr)',
    cell: (exception) => (
      <span>
        <PlaceName place={exception} />
        {exception.selector && (
          <span className="cell-sub">
            <SelectorWords selector={exception.selector} />
          </span>
        )}
      </span>
    ),
  },
  {
    title: 'Value',
    width: 'minmax(0, 3fr)',
    cell: ({ value, over, inForce }) => (
      <span>
        <Answer answer={value} /> {!inForce && <Label size="small">To come</Label>}
        <span className="cell-sub">
          instead of <Answer answer={over.value} /> on {over.from}
        </span>
      </span>
    ),
  },
  {
    title: 'Since',
    width: 'minmax(0, 2fr)',
    cell: (exception) => (
      <span>
        <Time at={exception.createdAt} />
        <span className="cell-sub">
          <SetBy author={exception} />
        </span>
      </span>
    ),
  },
  {
    title: 'Expires',
    width: 'minmax(0, 2fr)',
    cell: ({ expiresAt }) => (expiresAt ? <Time at={expiresAt} /> : <span className="muted">Never</span>),
  },
]
