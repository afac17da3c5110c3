import { ScrollableRegion } from '@primer/react/experimental'
import { controlRuns } from '../../api/queries.ts'
import type { Run } from '../../api/types.ts'
import { Section } from '../../parts/page.tsx'
import { Pages } from '../../parts/pages.tsx'
import { Answer, Words } from '../../parts/prose.tsx'
import { State } from '../../parts/state.tsx'
import { Time } from '../../parts/time.tsx'

/** What GitHub was asked in the newest run. */
export function Calls({ calls }: { calls: Run['calls'] }) {
  return (
    <Section title="What GitHub was asked" note="In the newest run">
      {calls.length === 0 ? (
        <p className="pad muted">Nothing: it was judged by what is recorded.</p>
      ) : (
        <ScrollableRegion aria-label="Requests to GitHub">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Request</th>
                <th scope="col">Answer</th>
                <th scope="col">Took</th>
                <th scope="col">When</th>
              </tr>
            </thead>
            <tbody>
              {calls.map(({ method, path, status, requestId, at, durationMs }) => (
                <tr key={`${at} ${method} ${path} ${requestId}`}>
                  <td>
                    <code>
                      {method} {path}
                    </code>
                  </td>
                  <td title={requestId ? `GitHub’s request id: ${requestId}` : undefined}>{status ?? 'None'}</td>
                  <td className="nowrap">{Math.round(durationMs)} ms</td>
                  <td className="nowrap">
                    <Time at={at} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollableRegion>
      )}
    </Section>
  )
}

/** Every judgement of a control, newest first. */
export function Runs({ id }: { id: number }) {
  return (
    <Section title="Runs" note="Newest first">
      <Pages query={controlRuns(id)}>
        {(runs) => (
          <ul className="lines">
            {runs.map((run) => (
              <li key={run.id} className="stack">
                <div className="inline">
                  <State state={run.state} />
                  <Answer answer={run.value} />
                  <span className="muted small">
                    {run.cause}, <Time at={run.endedAt} />
                  </span>
                </div>
                <p>
                  <Words text={run.reason} />
                </p>
              </li>
            ))}
            {runs.length === 0 && <li className="muted">It was never run.</li>}
          </ul>
        )}
      </Pages>
    </Section>
  )
}
