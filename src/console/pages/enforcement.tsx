import { StopIcon, ToolsIcon } from '@primer/octicons-react'
import { Button } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, told } from '../api/client.ts'
import { enforcement } from '../api/queries.ts'
import type { EnforcementStanding } from '../api/types.ts'
import { Answered, Nothing } from '../parts/answered.tsx'
import { Page } from '../parts/page.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { useMayEverywhere } from '../parts/session.tsx'
import { useOrder } from '../parts/use-order.ts'
import { OrganizationLine } from './enforcement/organization-line.tsx'
import { StopDialog } from './enforcement/stop-dialog.tsx'

/** What Guardpost changes on GitHub, what waits and why, and the switch that stops it. */
export default function Enforcement() {
  const query = useQuery(enforcement())
  return (
    <Page
      title="Enforcement"
      lead="What policies answered Enforce change on GitHub, what waits and why."
      actions={query.data && query.data.length > 0 && <Everywhere standings={query.data} />}
    >
      <Answered query={query}>
        {(all) =>
          all.length === 0 ? (
            <div className="box">
              <Nothing icon={ToolsIcon} title="No organization is connected">
                Once one is, and a policy says Enforce, it shows here.
              </Nothing>
            </div>
          ) : (
            <ul className="lines box">
              {all.map((standing) => (
                <OrganizationLine key={standing.connectionId} standing={standing} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Page>
  )
}

function Everywhere({ standings }: { standings: readonly EnforcementStanding[] }) {
  const [asking, setAsking] = useState(false)
  const mayStop = useMayEverywhere('Operator')
  const mayResume = useMayEverywhere('Admin')
  const isStopped = standings.some(({ stopped }) => stopped?.everywhere)
  const resume = useOrder(() => told(api.enforcement.stop.$delete()), {
    concerns: ['enforcement', 'control'],
    said: 'Enforcement goes on.',
  })
  return (
    <>
      {isStopped && mayResume && (
        <Button disabled={resume.isPending} onClick={() => resume.mutate()}>
          Resume everywhere
        </Button>
      )}
      {!isStopped && mayStop && (
        <Button variant="danger" leadingVisual={StopIcon} onClick={() => setAsking(true)}>
          Stop everywhere
        </Button>
      )}
      {asking && (
        <StopDialog
          where="everywhere"
          stop={(json) => told(api.enforcement.stop.$put({ json }))}
          onClose={() => setAsking(false)}
        />
      )}
      <Refusal error={resume.error} />
    </>
  )
}
