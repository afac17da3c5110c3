import { Button, Label } from '@primer/react'
import { api } from '../../api/client.ts'
import { at, openSessions } from '../../api/queries.ts'
import { Section } from '../../parts/page.tsx'
import { Pages } from '../../parts/pages.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Time } from '../../parts/time.tsx'
import { useOrder } from '../../parts/use-order.ts'

/** Where one is signed in; who grants roles sees everybody’s. */
export function Sessions() {
  const end = useOrder((id: string) => api.sessions[':id'].$delete(at(id)), {
    concerns: ['people', 'session'],
    said: 'The session is ended.',
  })
  return (
    <Section title="Sessions" note="Where somebody is signed in now">
      <Refusal error={end.error} />
      <Pages query={openSessions()}>
        {(sessions) => (
          <ul className="lines">
            {sessions.map(({ id, person, current, startedAt, lastSeenAt, expiresAt, address, userAgent }) => (
              <li key={id} className="person">
                <div>
                  <span className="inline">
                    <strong>{person.login}</strong>
                    {current && (
                      <Label size="small" variant="success">
                        This one
                      </Label>
                    )}
                  </span>
                  <span className="cell-sub">
                    {address}, {browserOf(userAgent)}
                  </span>
                </div>
                <span className="small muted">
                  Since <Time at={startedAt} />, last seen <Time at={lastSeenAt} />, ends <Time at={expiresAt} />
                </span>
                <div>
                  <Button
                    size="small"
                    variant="danger"
                    aria-label={`End the session of ${person.login} at ${address}`}
                    onClick={() => end.mutate(id)}
                  >
                    End
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Pages>
    </Section>
  )
}

/** The one word of a User-Agent that people know it by. */
const browserOf = (userAgent: string): string =>
  /(Firefox|Edg|Chrome|Safari)\/\d+/.exec(userAgent)?.[0].replace('Edg/', 'Edge ').replace('/', ' ') ??
  'another program'
