import { PackageIcon, TrashIcon } from '@primer/octicons-react'
import { ConfirmationDialog, IconButton } from '@primer/react'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { at, policyAttachments } from '../../api/queries.ts'
import type { PolicyAttachment } from '../../api/types.ts'
import { Nothing } from '../../parts/answered.tsx'
import { term } from '../../parts/filter.ts'
import { type Column, List } from '../../parts/list.tsx'
import { Section } from '../../parts/page.tsx'
import { PlaceName } from '../../parts/place-name.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { SelectorWords } from '../../parts/selector-words.tsx'
import { useMay } from '../../parts/session.tsx'
import { SetBy } from '../../parts/set-by.tsx'
import { Time } from '../../parts/time.tsx'
import { useOrder } from '../../parts/use-order.ts'

/** Where a pack is attached. */
export const Attachments = ({ pack }: { pack: string }) => (
  <Section title="Attached to" bare>
    <List
      query={policyAttachments(term('pack', pack))}
      columns={columns}
      of={['place', 'places']}
      none={
        <Nothing icon={PackageIcon} title="Attached nowhere">
          It asks nothing until it is attached to a folder, an organization or a repository.
        </Nothing>
      }
    />
  </Section>
)

const columns: readonly Column<PolicyAttachment>[] = [
  { title: 'Place', width: 'minmax(0, 3fr)', lead: true, cell: (attachment) => <PlaceName place={attachment} /> },
  {
    title: 'Of these',
    width: 'minmax(0, 4fr)',
    cell: ({ selector }) => (selector ? <SelectorWords selector={selector} /> : 'All'),
  },
  {
    title: 'Attached',
    width: 'minmax(0, 2fr)',
    cell: (attachment) => (
      <span>
        <Time at={attachment.createdAt} />
        <span className="cell-sub">
          <SetBy author={attachment} />
        </span>
      </span>
    ),
  },
  { title: 'Actions', width: '56px', cell: (attachment) => <Detach attachment={attachment} /> },
]

function Detach({ attachment: { id, pack, resource, folder, origin } }: { attachment: PolicyAttachment }) {
  const place = resource?.title ?? folder?.title ?? ''
  const may = useMay('Admin', resource?.id)
  const [asking, setAsking] = useState(false)
  const detach = useOrder(() => api['policy-attachments'][':id'].$delete(at(id)), {
    concerns: ['policy-setting', 'control'],
    said: 'The pack is detached.',
  })
  if (!may || origin) return null
  return (
    <>
      <IconButton
        icon={TrashIcon}
        variant="invisible"
        aria-label={`Detach ${pack} from ${place}`}
        onClick={() => setAsking(true)}
      />
      {asking && (
        <ConfirmationDialog
          title={`Detach ${pack} from ${place}?`}
          confirmButtonContent="Detach"
          confirmButtonType="danger"
          onClose={(gesture) => {
            setAsking(false)
            if (gesture === 'confirm') detach.mutate()
          }}
        >
          What it asks there is asked no longer.
        </ConfirmationDialog>
      )}
      <Refusal error={detach.error} />
    </>
  )
}
