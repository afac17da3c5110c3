import { CheckIcon, XIcon } from '@primer/octicons-react'
import { Label } from '@primer/react'
import { ScrollableRegion } from '@primer/react/experimental'
import type { ConnectionDetail } from '../../api/types.ts'
import { Section } from '../../parts/page.tsx'
import { Words } from '../../parts/prose.tsx'

type Permission = ConnectionDetail['permissions'][number]

const levels = ['read', 'write', 'admin']
const covers = (held: string | null, needed: string): boolean => levels.indexOf(held ?? '') >= levels.indexOf(needed)

/** Each permission: what is needed and by what, what the App asks for, and what was granted. */
export function Permissions({ connection: { permissions } }: { connection: ConnectionDetail }) {
  const isMissing = ({ needed, granted }: Permission) => needed !== null && !covers(granted, needed)
  const missing = permissions.filter(isMissing).length
  const missingFirst = permissions.toSorted((a, b) => Number(isMissing(b)) - Number(isMissing(a)))
  return (
    <Section title="Permissions" note={missing === 0 ? 'Everything needed is granted' : `${missing} missing`}>
      <ScrollableRegion aria-label="Table of permissions">
        <table className="table table-wordy">
          <thead>
            <tr>
              <th scope="col">Permission</th>
              <th scope="col">State</th>
              <th scope="col">Needed</th>
              <th scope="col">Requested</th>
              <th scope="col">Granted</th>
            </tr>
          </thead>
          <tbody>
            {missingFirst.map((permission) => (
              <Row key={permission.key} permission={permission} />
            ))}
          </tbody>
        </table>
        {permissions.length === 0 && <p className="pad muted">GitHub has not told them yet.</p>}
      </ScrollableRegion>
    </Section>
  )
}

function Row({ permission: { key, needed, for: why, requested, granted } }: { permission: Permission }) {
  return (
    <tr>
      <th scope="row" className="field-name">
        {key}
      </th>
      <td>
        {needed === null ? (
          <span className="muted">Not needed</span>
        ) : (
          <Verdict permission={{ needed, requested, granted }} />
        )}
      </td>
      <td>
        {needed ?? 'no'}
        {why.length > 0 && (
          <span className="cell-sub">
            <Words text={why.join('; ')} />
          </span>
        )}
      </td>
      <td>{requested ?? '–'}</td>
      <td>{granted ?? '–'}</td>
    </tr>
  )
}

function Verdict({
  permission: { needed, requested, granted },
}: {
  permission: { needed: string; requested: string | null; granted: string | null }
}) {
  if (covers(granted, needed))
    return (
      <span className="state state-ok">
        <CheckIcon aria-hidden /> Granted
      </span>
    )
  return (
    <span className="state state-error">
      <XIcon aria-hidden /> {covers(requested, needed) ? 'Not granted' : 'Not requested'}
    </span>
  )
}

/** Which events come, of those that are needed. */
export function Events({ events }: { events: ConnectionDetail['events'] }) {
  return (
    <Section title="Events" note="Those that are needed, and those that come">
      <ul className="plain inline pad">
        {events.map(({ event, needed, subscribed }) => (
          <li key={event}>
            <Label variant={subscribed ? 'success' : needed ? 'danger' : 'secondary'}>
              {event}
              {!subscribed && (needed ? ': missing' : ': not needed')}
            </Label>
          </li>
        ))}
        {events.length === 0 && <li className="muted">GitHub has not told them yet.</li>}
      </ul>
    </Section>
  )
}
