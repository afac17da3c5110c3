import { MuteIcon } from '@primer/octicons-react'
import { ScrollableRegion } from '@primer/react/experimental'
import { useEffect, useRef } from 'react'
import type { ControlDetail, Run } from '../../api/types.ts'
import { announce } from '../../parts/announce.ts'
import { Section } from '../../parts/page.tsx'
import { Words } from '../../parts/prose.tsx'
import { RemedyLink } from '../../parts/remedy-link.tsx'
import { State, stateNames, states } from '../../parts/state.tsx'
import { Time } from '../../parts/time.tsx'

/** The state, since when, why, what it rests on, and who can mend it where. */
export function Verdict({ control }: { control: ControlDetail }) {
  useSpokenState(control)
  const { state, since, reason, mute, run } = control
  return (
    <>
      <section className={`section box verdict verdict-${state}`} aria-label="State">
        <div className="inline">
          <State state={state} large />
          <span className="muted">
            since <Time at={since} />
          </span>
        </div>
        <p>
          <Words text={reason} />
        </p>
        {mute && <Muted mute={mute} />}
        {run?.diagnoses.map((diagnosis) => (
          <Remedy key={diagnosis.reason} diagnosis={diagnosis} />
        ))}
      </section>
      {run && run.evidence.length > 0 && <Evidence evidence={run.evidence} />}
    </>
  )
}

/** A state that changes while one looks at it is said. */
function useSpokenState({ state, reason }: ControlDetail): void {
  const before = useRef(state)
  useEffect(() => {
    if (before.current !== state) announce(`${states[state].label}: ${reason}`)
    before.current = state
  }, [state, reason])
}

const untilWords = { ok: 'until it is OK', alarm: 'until it is in Alarm', forever: 'for good' } as const

function Muted({ mute: { until, date, note, by, at } }: { mute: NonNullable<ControlDetail['mute']> }) {
  return (
    <p className="muted inline">
      <MuteIcon />
      <span>
        Muted by {by} <Time at={at} />,{' '}
        {until === 'date'
          ? date && (
              <>
                until <Time at={date} />
              </>
            )
          : untilWords[until]}
        {note && `: ${note}`}
      </span>
    </p>
  )
}

function Remedy({ diagnosis: { reason, remedy, who, url } }: { diagnosis: Run['diagnoses'][number] }) {
  return (
    <div className="remedy">
      <p>
        <strong>
          <Words text={reason} />
        </strong>
      </p>
      {remedy && (
        <p>
          <Words text={remedy} />
        </p>
      )}
      {(who || url) && (
        <p className="inline">
          {who && <span>Who can do it: {who}.</span>}
          <RemedyLink url={url} />
        </p>
      )}
    </div>
  )
}

/** The gravest first: what is wrong must not be looked for. */
function Evidence({ evidence }: { evidence: Run['evidence'] }) {
  const gravest = evidence.toSorted((a, b) => stateNames.indexOf(a.state) - stateNames.indexOf(b.state))
  return (
    <Section title="Evidence" note="What the state rests on">
      <ScrollableRegion aria-label="Table of evidence">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">State</th>
              <th scope="col">About</th>
              <th scope="col">Found</th>
              <th scope="col">Wanted</th>
            </tr>
          </thead>
          <tbody>
            {gravest.map(({ about, found, wanted, state }) => (
              <tr key={`${about} ${found}`}>
                <td>
                  <State state={state} />
                </td>
                <td>
                  <Words text={about} />
                </td>
                <td>
                  <Words text={found} />
                </td>
                <td>{wanted === null ? <span className="muted">–</span> : <Words text={wanted} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollableRegion>
    </Section>
  )
}
