import { CheckIcon } from '@primer/octicons-react'
import { Button } from '@primer/react'
import { Link } from 'wouter'
import { api, told } from '../../api/client.ts'
import { at, enforcementsWaiting } from '../../api/queries.ts'
import type { EnforcementStanding, HeldEnforcement } from '../../api/types.ts'
import { Nothing } from '../../parts/answered.tsx'
import { type Column, List } from '../../parts/list.tsx'
import { Section } from '../../parts/page.tsx'
import { ResourceLink, Words } from '../../parts/prose.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Time } from '../../parts/time.tsx'
import { useOrder } from '../../parts/use-order.ts'

type Group = EnforcementStanding['waiting'][number]

/** Why each waits, in few words. */
const whys: Readonly<Record<Group['kind'], string>> = {
  stopped: 'Enforcement is stopped',
  permission: 'A permission is not granted',
  'first-plan': 'The first plan is to be confirmed',
  window: 'No change window is open',
  'policy-change-cap': 'One change of a policy went far',
  'hour-cap': 'Much was changed within the hour',
  'backing-off': 'Others change it back',
  refused: 'GitHub refused it',
}

/** A person may let these through. */
const releasable: readonly Group['kind'][] = ['policy-change-cap', 'hour-cap']

/** What waits, by why and by the policy that asks for it; then one by one. */
export function Waiting({ id, waiting, mayRelease }: { id: number; waiting: readonly Group[]; mayRelease: boolean }) {
  return (
    <>
      {waiting.length > 0 && (
        <Section title="Why it waits">
          <ul className="lines">
            {waiting.map((group) => (
              <GroupLine key={`${group.kind} ${group.policy} ${group.setAt}`} id={id} group={group} may={mayRelease} />
            ))}
          </ul>
        </Section>
      )}
      <Section title="What waits" bare>
        <List
          query={enforcementsWaiting(id)}
          columns={columns}
          of={['enforcement', 'enforcements']}
          none={
            <Nothing icon={CheckIcon} title="Nothing waits">
              What policies ask for is enforced, or needs no change.
            </Nothing>
          }
        />
      </Section>
    </>
  )
}

function GroupLine({ id, group, may }: { id: number; group: Group; may: boolean }) {
  const { kind, policy, count, since, until } = group
  const release = useOrder(
    () => told(api.connections[':id'].enforcement.release.$post({ ...at(id), json: { policy } })),
    { concerns: ['enforcement', 'control'], said: 'They go on.' },
  )
  return (
    <li className="stack stack-tight">
      <span className="inline">
        <strong>
          {count.toLocaleString()} of {policy}
        </strong>
        {may && releasable.includes(kind) && (
          <Button size="small" disabled={release.isPending} onClick={() => release.mutate()}>
            Release
          </Button>
        )}
      </span>
      <span className="muted small">
        {whys[kind]}, since <Time at={since} />
        {until && (
          <>
            ; tried again <Time at={until} />
          </>
        )}
      </span>
      <Refusal error={release.error} />
    </li>
  )
}

const columns: readonly Column<HeldEnforcement & { id: number }>[] = [
  {
    title: 'Resource',
    width: 'minmax(0, 2fr)',
    lead: true,
    cell: ({ resource }) => <ResourceLink resource={resource} />,
  },
  {
    title: 'Control',
    width: 'minmax(0, 3fr)',
    cell: ({ controlId, path }) => (
      <Link href={`/controls/${controlId}`} className="link">
        {path}
      </Link>
    ),
  },
  {
    title: 'Why',
    width: 'minmax(0, 4fr)',
    cell: ({ reason }) => (
      <span>
        <Words text={reason} />
      </span>
    ),
  },
]
