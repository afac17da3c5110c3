import { Button, Label } from '@primer/react'
import type { UseQueryResult } from '@tanstack/react-query'
import { order } from '../../api/ask.ts'
import type { OpenSession } from '../../api/types.ts'
import { Answered } from '../../parts/answered.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Time } from '../../parts/time.tsx'
import { useOrder } from '../../parts/use-order.ts'

/** Where one is signed in; who grants roles sees everybody’s. */
export function Sessions({ query }: { query: UseQueryResult<OpenSession[]> }) {
  const end = useOrder((id: string) => order('DELETE', `/sessions/${encodeURIComponent(id)}`), {
    concerns: ['people', 'session'],
    said: 'The session is ended.',
  })
  return (
    <Section title="Sessions" note="Where somebody is signed in now">
      <Refusal error={end.error} />
      <Answered query={query}>
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
      </Answered>
    </Section>
  )
}

/** The one word of a User-Agent that people know it by. */
const browserOf = (userAgent: string): string =>
  /(Firefox|Edg|Chrome|Safari)\/\d+/.exec(userAgent)?.[0].replace('Edg/', 'Edge ').replace('/', ' ') ??
  'another program'
