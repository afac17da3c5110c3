import { PlugIcon, PlusIcon } from '@primer/octicons-react'
import { Label } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { connections } from '../api/queries.ts'
import type { Connection } from '../api/types.ts'
import { Answered, Nothing } from '../parts/answered.tsx'
import { Discovery } from '../parts/discovery.tsx'
import { LinkAsButton } from '../parts/link-as-button.tsx'
import { Page } from '../parts/page.tsx'
import { Words } from '../parts/prose.tsx'
import { useMayEverywhere } from '../parts/session.tsx'
import { State } from '../parts/state.tsx'
import { StateCounts } from '../parts/state-bar.tsx'
import { Time } from '../parts/time.tsx'

/** Every organization that is connected, and how it goes. */
export default function Connections() {
  const query = useQuery(connections())
  const mayConnect = useMayEverywhere('Owner')
  const connect = mayConnect && (
    <LinkAsButton href="/connections/new" variant="primary" leadingVisual={PlusIcon}>
      Connect an organization
    </LinkAsButton>
  )
  return (
    <Page title="Connections" lead="The organizations that Guardpost is connected to." actions={connect}>
      <Answered query={query}>
        {(all) =>
          all.length === 0 ? (
            <div className="box">
              <Nothing icon={PlugIcon} title="No organization is connected">
                Install the App on an organization, or connect one by a token. It shows here at once.
              </Nothing>
            </div>
          ) : (
            <ul className="lines box">
              {all.map((each) => (
                <Line key={each.id} connection={each} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Page>
  )
}

const kinds = { app: 'App', token: 'Token' } as const

function Line({ connection }: { connection: Connection }) {
  const { id, login, kind, status, eventHandlers, lastDeliveryAt, controls } = connection
  return (
    <li className="group">
      <div className="stack stack-tight">
        <span className="inline">
          <Link href={`/connections/${id}`} className="strong">
            {login}
          </Link>
          <Label size="small">{kinds[kind]}</Label>
          {status !== 'active' && (
            <Label size="small" variant="attention">
              {status}
            </Label>
          )}
        </span>
        {eventHandlers && (
          <span className="inline">
            <Link href={`/controls/${eventHandlers.controlId}`} className="state-link">
              <State state={eventHandlers.state} />
            </Link>
            <span className="muted small">
              <Words text={eventHandlers.reason} />
            </span>
          </span>
        )}
        <Discovery connection={connection} />
      </div>
      <span className="small muted">
        {lastDeliveryAt === null ? (
          'No delivery came yet'
        ) : (
          <>
            Last delivery <Time at={lastDeliveryAt} />
          </>
        )}
      </span>
      <StateCounts counts={controls} />
    </li>
  )
}
