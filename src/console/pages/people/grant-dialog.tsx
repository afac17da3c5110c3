import { Dialog, FormControl, Radio, RadioGroup, Select } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { connections, folders } from '../../api/queries.ts'
import type { NewGrant, PersonWithGrants, Role } from '../../api/types.ts'
import { Refusal } from '../../parts/refusal.tsx'
import { roles, useMayEverywhere } from '../../parts/session.tsx'
import { useOrder } from '../../parts/use-order.ts'

const meanings: Readonly<Record<Role, string>> = {
  ReadOnly: 'Looks.',
  Operator: 'Runs and mutes controls, replays deliveries, sets policies where no Required setting is overridden.',
  Admin: 'Sets any policy.',
  Owner: 'Grants roles, connects and removes organizations.',
}

/** Gives somebody a role at a place. */
export function GrantDialog({ person, onClose }: { person: PersonWithGrants; onClose: () => void }) {
  const organizations = (useQuery(connections()).data ?? []).flatMap(({ organization }) => organization ?? [])
  const mayEverywhere = useMayEverywhere('Owner')
  // Whoever means the root means everywhere.
  const shown = (useQuery(folders()).data ?? []).filter(({ parentId }) => mayEverywhere && parentId !== null)
  const [role, setRole] = useState<Role>('ReadOnly')
  const [place, setPlace] = useState('')
  const grant = useOrder((json: NewGrant) => api.grants.$post({ json }), {
    concerns: ['people', 'session'],
    said: 'The role is granted.',
  })
  const submit = () => grant.mutate({ personId: person.id, role, ...placeIn(place) }, { onSuccess: onClose })
  return (
    <Dialog
      title={`Grant ${person.login} a role`}
      onClose={onClose}
      footerButtons={[
        { content: 'Cancel', onClick: onClose },
        { content: 'Grant', buttonType: 'primary', disabled: place === '' || grant.isPending, onClick: submit },
      ]}
    >
      <div className="stack">
        <Refusal error={grant.error} />
        <RadioGroup name="role">
          <RadioGroup.Label>Role</RadioGroup.Label>
          {roles.map((each) => (
            <FormControl key={each}>
              <Radio value={each} checked={role === each} onChange={() => setRole(each)} />
              <FormControl.Label>{each}</FormControl.Label>
              <FormControl.Caption>{meanings[each]}</FormControl.Caption>
            </FormControl>
          ))}
        </RadioGroup>
        <FormControl required>
          <FormControl.Label>Where</FormControl.Label>
          <Select block value={place} onChange={({ target }) => setPlace(target.value)} placeholder="Choose a place">
            {mayEverywhere && <Select.Option value="everywhere">Everywhere</Select.Option>}
            {organizations.map(({ id, title }) => (
              <Select.Option key={id} value={`resource ${id}`}>
                {title}
              </Select.Option>
            ))}
            {shown.map(({ id, title }) => (
              <Select.Option key={id} value={`folder ${id}`}>
                {`Every organization in the folder ${title}`}
              </Select.Option>
            ))}
          </Select>
        </FormControl>
      </div>
    </Dialog>
  )
}

/** Of an option: `everywhere`, `resource ID` or `folder ID`. */
function placeIn(option: string): Pick<NewGrant, 'resourceId' | 'folderId'> {
  const [kind, id] = option.split(' ')
  if (kind === 'folder') return { resourceId: null, folderId: Number(id) }
  return { resourceId: kind === 'resource' ? Number(id) : null }
}
