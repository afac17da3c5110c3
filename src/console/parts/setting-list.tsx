import { LawIcon, TrashIcon } from '@primer/octicons-react'
import { ConfirmationDialog, IconButton, Label } from '@primer/react'
import { useState } from 'react'
import { Link } from 'wouter'
import { api } from '../api/client.ts'
import { at, policySettings } from '../api/queries.ts'
import type { PolicySetting } from '../api/types.ts'
import { Nothing } from './answered.tsx'
import { type Column, List } from './list.tsx'
import { PlaceName } from './place-name.tsx'
import { PrecedenceLabel } from './precedence-label.tsx'
import { Answer } from './prose.tsx'
import { Refusal } from './refusal.tsx'
import { SelectorWords } from './selector-words.tsx'
import { useMay } from './session.tsx'
import { SetBy } from './set-by.tsx'
import { Time } from './time.tsx'
import { useOrder } from './use-order.ts'

/** Policy settings that fit a filter. */
export function SettingList({ filter, withType }: { filter: string; withType: boolean }) {
  const all = columns()
  return (
    <List
      query={policySettings(filter)}
      columns={withType ? all : all.slice(1)}
      of={['setting', 'settings']}
      none={
        <Nothing icon={LawIcon} title="No settings">
          The default is in force wherever nothing is set.
        </Nothing>
      }
    />
  )
}

const columns = (): readonly Column<PolicySetting>[] => [
  {
    title: 'Policy',
    width: 'minmax(0, 4fr)',
    lead: true,
    cell: ({ path, note }) => (
      <>
        <Link href={`/policies/type?${new URLSearchParams({ path })}`} className="strong">
          {path}
        </Link>
        {note && <span className="cell-sub">{note}</span>}
      </>
    ),
  },
  {
    title: 'On',
    width: 'minmax(0, 2fr)',
    cell: (setting) => (
      <span>
        <PlaceName place={setting} />
        {setting.selector && (
          <span className="cell-sub">
            <SelectorWords selector={setting.selector} />
          </span>
        )}
      </span>
    ),
  },
  {
    title: 'Value',
    width: 'minmax(0, 3fr)',
    cell: (setting) => (
      <span className="inline">
        <Answer answer={setting.value} />
        <Marks setting={setting} />
      </span>
    ),
  },
  {
    title: 'Set',
    width: 'minmax(0, 2fr)',
    cell: (setting) => (
      <span>
        <Time at={setting.createdAt} />
        <span className="cell-sub">
          <SetBy author={setting} />
        </span>
      </span>
    ),
  },
  { title: 'Actions', width: '56px', cell: (setting) => <Remove setting={setting} /> },
]

function Marks({ setting: { expression, precedence, inForce, exception, expiresAt } }: { setting: PolicySetting }) {
  return (
    <>
      {expression !== null && <Label size="small">Expression</Label>}
      <PrecedenceLabel precedence={precedence} />
      {exception && (
        <Label size="small" variant="attention">
          Exception
        </Label>
      )}
      {!inForce && <Label size="small">Not in force</Label>}
      {expiresAt && (
        <span className="small muted">
          expires <Time at={expiresAt} />
        </span>
      )}
    </>
  )
}

function Remove({ setting: { id, path, resource, folder, precedence } }: { setting: PolicySetting }) {
  const place = resource?.title ?? folder?.title ?? ''
  const may = useMay(precedence === 'required' ? 'Admin' : 'Operator', resource?.id)
  const [asking, setAsking] = useState(false)
  const remove = useOrder(() => api['policy-settings'][':id'].$delete(at(id)), {
    concerns: ['policy-setting', 'control'],
    said: 'The setting is removed.',
  })
  if (!may) return null
  return (
    <>
      <IconButton
        icon={TrashIcon}
        variant="invisible"
        aria-label={`Remove the setting of ${path} on ${place}`}
        onClick={() => setAsking(true)}
      />
      {asking && (
        <ConfirmationDialog
          title="Remove the setting?"
          confirmButtonContent="Remove"
          confirmButtonType="danger"
          onClose={(gesture) => {
            setAsking(false)
            if (gesture === 'confirm') remove.mutate()
          }}
        >
          What is set above {place}, or else the default, is then in force for {path}.
        </ConfirmationDialog>
      )}
      <Refusal error={remove.error} />
    </>
  )
}
