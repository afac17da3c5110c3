import { MarkGithubIcon, PersonIcon, PlusIcon, TrashIcon, XIcon } from '@primer/octicons-react'
import { Button, ConfirmationDialog, IconButton, Label } from '@primer/react'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { at } from '../../api/queries.ts'
import type { PersonWithGrants } from '../../api/types.ts'
import { Refusal } from '../../parts/refusal.tsx'
import { useMayEverywhere, useSession } from '../../parts/session.tsx'
import { Time } from '../../parts/time.tsx'
import { useOrder } from '../../parts/use-order.ts'
import { GrantDialog } from './grant-dialog.tsx'

/** One person, with the roles given here. */
export function PersonLine({ person }: { person: PersonWithGrants }) {
  const [granting, setGranting] = useState(false)
  const [removing, setRemoving] = useState(false)
  const isSelf = useSession().person.id === person.id
  const mayRemove = useMayEverywhere('Owner') && !isSelf
  const remove = useOrder(() => api.people[':id'].$delete(at(person.id)), {
    concerns: ['people'],
    said: `${person.login} is removed.`,
  })
  return (
    <li className="person">
      <div>
        <span className="inline">
          {person.kind === 'github' ? <MarkGithubIcon aria-label="GitHub" /> : <PersonIcon aria-label="Local" />}
          <strong>{person.login}</strong>
          {person.mustChangePassword && <Label size="small">Has a one-time password</Label>}
        </span>
        <span className="cell-sub">
          {person.lastSeenAt === null ? (
            'Has not signed in yet'
          ) : (
            <>
              Last seen <Time at={person.lastSeenAt} />
            </>
          )}
        </span>
      </div>
      <Grants grants={person.grants} />
      <div className="inline">
        <Button size="small" leadingVisual={PlusIcon} onClick={() => setGranting(true)}>
          Grant a role
        </Button>
        {mayRemove && (
          <IconButton
            size="small"
            variant="invisible"
            icon={TrashIcon}
            aria-label={`Remove ${person.login}`}
            onClick={() => setRemoving(true)}
          />
        )}
      </div>
      <Refusal error={remove.error} />
      {granting && <GrantDialog person={person} onClose={() => setGranting(false)} />}
      {removing && (
        <ConfirmationDialog
          title={`Remove ${person.login}?`}
          confirmButtonContent="Remove"
          confirmButtonType="danger"
          onClose={(gesture) => {
            setRemoving(false)
            if (gesture === 'confirm') remove.mutate()
          }}
        >
          {person.login} is signed out everywhere and loses every role given here.
        </ConfirmationDialog>
      )}
    </li>
  )
}

function Grants({ grants }: Pick<PersonWithGrants, 'grants'>) {
  const revoke = useOrder((id: number) => api.grants[':id'].$delete(at(id)), {
    concerns: ['people', 'session'],
    said: 'The role is taken back.',
  })
  return (
    <div>
      <ul className="plain stack stack-tight">
        {grants.map(({ id, role, grantedBy, ...place }) => (
          <li key={id} className="inline" title={`Granted by ${grantedBy}`}>
            <Label>{role}</Label>
            <span>{placeInWords(place)}</span>
            <IconButton
              size="small"
              variant="invisible"
              icon={XIcon}
              aria-label={`Take back ${role} ${placeInWords(place)}`}
              onClick={() => revoke.mutate(id)}
            />
          </li>
        ))}
        {grants.length === 0 && <li className="muted small">No role given here</li>}
      </ul>
      <Refusal error={revoke.error} />
    </div>
  )
}

const placeInWords = ({ at, folder }: Pick<PersonWithGrants['grants'][number], 'at' | 'folder'>): string =>
  folder ? `in the folder ${folder.title}` : at ? `at ${at.title}` : 'everywhere'
