import { CheckCircleFillIcon, CircleIcon, ClockIcon, XCircleFillIcon } from '@primer/octicons-react'
import { Button, Spinner } from '@primer/react'
import { useEffect } from 'react'
import { Link } from 'wouter'
import { queryClient } from '../../api/query-client.ts'
import type { Removal } from '../../api/types.ts'
import { Nothing } from '../../parts/answered.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Remains } from './remains.tsx'
import { useRemoval } from './use-removal.ts'

type Step = Removal['steps'][number]

const marks = {
  done: { look: 'ok', said: 'Done', icon: <CheckCircleFillIcon aria-hidden /> },
  running: { look: 'tbd', said: 'Under way', icon: <Spinner size="small" srText={null} /> },
  waiting: { look: 'tbd', said: 'Waiting', icon: <ClockIcon aria-hidden /> },
  failed: { look: 'error', said: 'Failed', icon: <XCircleFillIcon aria-hidden /> },
  'to come': { look: 'tbd', said: 'To come', icon: <CircleIcon aria-hidden /> },
} as const

const names: Readonly<Record<string, string>> = {
  quiet: 'Stop checking and enforcing',
  webhooks: 'Delete our webhooks on GitHub',
  reports: 'Close our issues and settle our checks on GitHub',
  credential: 'Delete the credential',
  records: 'Delete what was recorded',
}

/** How far a removal has come, and a way on where it stands still. */
export function Steps({ id, login, removal }: { id: number; login: string; removal: Removal }) {
  const goOn = useRemoval(id, login)
  const isStuck = removal.steps.some(({ state }) => state === 'failed')
  return (
    <>
      <Section title="Steps">
        <ol className="lines" aria-live="polite">
          {removal.steps.map((step) => (
            <Line key={step.name} step={step} />
          ))}
        </ol>
      </Section>
      {isStuck && (
        <div className="stack">
          <Refusal error={goOn.error} />
          <p>It goes on where it stands once that is mended. Or what GitHub refuses is left there.</p>
          <div className="form-actions">
            <Button variant="primary" disabled={goOn.isPending} onClick={() => goOn.mutate(false)}>
              Go on
            </Button>
            <Button variant="danger" disabled={goOn.isPending} onClick={() => goOn.mutate(true)}>
              Leave on GitHub what it refuses
            </Button>
          </div>
        </div>
      )}
    </>
  )
}

function Line({ step: { name, state, detail } }: { step: Step }) {
  const { look, said, icon } = marks[state]
  return (
    <li>
      <span className={`state state-${look}`}>
        {icon} {names[name] ?? name}
      </span>
      <span className="cell-sub">
        {said}
        {detail && `: ${detail}`}
      </span>
    </li>
  )
}

/** It is told to nobody who listens: there is no row left that they could see. */
const askAnew = () => {
  const isOfThis = (key: readonly unknown[]) => key[0] === 'connection' && key[2] === 'removal'
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => !isOfThis(queryKey) })
}

export function Removed({ login, remains }: { login: string; remains: Removal['remains'] }) {
  useEffect(askAnew, [])
  return (
    <>
      <div className="box section" role="status">
        <Nothing
          icon={CheckCircleFillIcon}
          title={`${login} is removed`}
          action={<Link href="/connections">Go to Connections</Link>}
        >
          Guardpost knows nothing of it any more.
        </Nothing>
      </div>
      <Remains remains={remains} />
    </>
  )
}
