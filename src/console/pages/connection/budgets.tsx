import type { ConnectionDetail } from '../../api/types.ts'
import { Section } from '../../parts/page.tsx'
import { Time } from '../../parts/time.tsx'

/** How much GitHub still answers this hour. */
export function Budgets({ budgets }: { budgets: ConnectionDetail['budgets'] }) {
  return (
    <Section title="Budgets" note="Requests to GitHub">
      <ul className="plain pad stack">
        {budgets.map(({ resource, limit, remaining, resetsAt, waitsUntil }) => (
          <li key={resource}>
            <div className="budget-line">
              <span>{resource}</span>
              <span>
                {remaining.toLocaleString()} of {limit.toLocaleString()} left
              </span>
            </div>
            <span className="state-bar" aria-hidden>
              <span className="budget-left" style={{ flexGrow: remaining }} />
              <span style={{ flexGrow: Math.max(0, limit - remaining) }} />
            </span>
            {resetsAt && (
              <span className="small muted">
                full again <Time at={resetsAt} />
              </span>
            )}
            {waitsUntil && (
              <span className="small">
                {' '}
                waiting until <Time at={waitsUntil} />
              </span>
            )}
          </li>
        ))}
        {budgets.length === 0 && <li className="muted">Nothing was asked of GitHub yet.</li>}
      </ul>
    </Section>
  )
}

/** The organization’s webhooks that are ours. */
export function Hooks({ hooks }: { hooks: ConnectionDetail['hooks'] }) {
  if (hooks.length === 0) return null
  return (
    <Section title="Webhooks" note="Made by Guardpost">
      <ul className="lines">
        {hooks.map(({ id, githubId, url, lastDeliveryAt, failures }) => (
          <li key={id}>
            <code>{url}</code>
            <span className="cell-sub">
              {githubId === null ? 'Not made on GitHub yet' : `${githubId} on GitHub`},{' '}
              {lastDeliveryAt === null ? (
                'nothing came yet'
              ) : (
                <>
                  last delivery <Time at={lastDeliveryAt} />
                </>
              )}
              {failures > 0 && `, ${failures} failed`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
