import { ShieldCheckIcon } from '@primer/octicons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import { controlTypes } from '../api/queries.ts'
import type { ControlState, ControlType } from '../api/types.ts'
import { Answered, Nothing } from '../parts/answered.tsx'
import { term, useFilter } from '../parts/filter.ts'
import { Page } from '../parts/page.tsx'
import { stateNames, states } from '../parts/state.tsx'
import { StateBar, StateCounts, sumOf } from '../parts/state-bar.tsx'
import { ControlList } from './control-list.tsx'

/** Controls by type; or, where the address names a type or a filter, those themselves. */
export default function Controls() {
  const [query] = useSearchParams()
  const [filter] = useFilter()
  const type = query.get('type')
  return type !== null || filter !== '' || query.has('all') ? <ControlList type={type} /> : <ByType />
}

function ByType() {
  const query = useQuery(controlTypes())
  return (
    <Page
      title="Controls"
      lead="What Guardpost checks, by type."
      actions={<Link href="/controls?all">All controls</Link>}
    >
      <Answered query={query}>
        {(types) => {
          const used = types.filter(({ states }) => sumOf(states) > 0)
          return used.length === 0 ? <NoControls /> : <Overview types={used} />
        }}
      </Answered>
    </Page>
  )
}

function NoControls() {
  return (
    <div className="box">
      <Nothing
        icon={ShieldCheckIcon}
        title="No controls yet"
        action={<Link href="/connections">Go to Connections</Link>}
      >
        Controls appear as soon as an organization is connected and read for the first time.
      </Nothing>
    </div>
  )
}

const ofType = (path: string, state?: ControlState): string =>
  `/controls?${new URLSearchParams({ type: path, ...(state && { filter: term('state', state) }) })}`

function Overview({ types }: { types: readonly ControlType[] }) {
  const all = Object.fromEntries(
    stateNames.map((state) => [state, types.reduce((sum, type) => sum + (type.states[state] ?? 0), 0)]),
  )
  return (
    <>
      <ul className="tiles" aria-label="All controls by state">
        {stateNames.map((state) => (
          <li key={state}>
            <Link className="tile" href={`/controls?${new URLSearchParams({ filter: term('state', state) })}`}>
              <strong>{(all[state] ?? 0).toLocaleString()}</strong>
              <Tile state={state} />
            </Link>
          </li>
        ))}
      </ul>
      <ul className="lines box">
        {types.map((type) => (
          <li key={type.path} className="group">
            <div>
              <Link href={ofType(type.path)} className="strong">
                {type.path}
              </Link>
              <span className="cell-sub">
                {type.title}
                {type.muted > 0 && ` ${type.muted.toLocaleString()} muted.`}
              </span>
            </div>
            <StateBar counts={type.states} />
            <StateCounts counts={type.states} href={(state) => ofType(type.path, state)} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Tile({ state }: { state: ControlState }) {
  const { icon: Glyph, label } = states[state]
  return (
    <span className={`state state-${state}`}>
      <Glyph size={16} aria-hidden />
      {label}
    </span>
  )
}
