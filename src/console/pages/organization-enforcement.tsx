import { StopIcon } from '@primer/octicons-react'
import { Button } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, told } from '../api/client.ts'
import { at, connection, enforcement } from '../api/queries.ts'
import type { EnforcementStanding } from '../api/types.ts'
import { Answered, Failed } from '../parts/answered.tsx'
import { Page } from '../parts/page.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { useMay } from '../parts/session.tsx'
import { useOrder } from '../parts/use-order.ts'
import { FirstPlan } from './enforcement/first-plan.tsx'
import { Made } from './enforcement/made.tsx'
import { Standing } from './enforcement/organization-line.tsx'
import { StopDialog } from './enforcement/stop-dialog.tsx'
import { Stops } from './enforcement/stops.tsx'
import { Waiting } from './enforcement/waiting.tsx'

/** What is enforced on one organization, what waits and why, and what a person may do about it. */
export default function OrganizationEnforcement({ id }: { id: number }) {
  return (
    <Answered query={useQuery(enforcement())}>
      {(all) => {
        const standing = all.find(({ connectionId }) => connectionId === id)
        return standing ? <Shown standing={standing} /> : <Failed error={new Error('There is no such organization.')} />
      }}
    </Answered>
  )
}

function Shown({ standing }: { standing: EnforcementStanding }) {
  const { connectionId: id, login, madeWithinHour, toCome } = standing
  const organization = useQuery(connection(id)).data?.organization?.id
  const mayDecide = useMay('Admin', organization)
  return (
    <Page
      title={`Enforcement on ${login}`}
      crumbs={[{ text: 'Enforcement', href: '/enforcement' }]}
      lead={
        <span className="inline">
          <Standing standing={standing} />
          {madeWithinHour.toLocaleString()} changed within the hour
          {toCome > 0 && `, ${toCome.toLocaleString()} controls still to be judged`}
        </span>
      }
      actions={<Switch standing={standing} organization={organization} mayResume={mayDecide} />}
    >
      {standing.waiting.some(({ kind }) => kind === 'first-plan') && <FirstPlan id={id} mayConfirm={mayDecide} />}
      <Waiting id={id} waiting={standing.waiting} mayRelease={mayDecide} />
      <Made made={standing.made} />
      <Stops id={id} />
    </Page>
  )
}

function Switch({
  standing: { connectionId: id, login, stopped },
  organization,
  mayResume,
}: {
  standing: EnforcementStanding
  organization: number | undefined
  mayResume: boolean
}) {
  const [asking, setAsking] = useState(false)
  const mayStop = useMay('Operator', organization)
  const resume = useOrder(() => told(api.connections[':id'].enforcement.stop.$delete(at(id))), {
    concerns: ['enforcement', 'control'],
    said: 'Enforcement goes on.',
  })
  return (
    <>
      {stopped && !stopped.everywhere && mayResume && (
        <Button disabled={resume.isPending} onClick={() => resume.mutate()}>
          Resume
        </Button>
      )}
      {!stopped && mayStop && (
        <Button variant="danger" leadingVisual={StopIcon} onClick={() => setAsking(true)}>
          Stop
        </Button>
      )}
      {asking && (
        <StopDialog
          where={`on ${login}`}
          stop={(json) => told(api.connections[':id'].enforcement.stop.$put({ ...at(id), json }))}
          onClose={() => setAsking(false)}
        />
      )}
      <Refusal error={resume.error} />
    </>
  )
}
