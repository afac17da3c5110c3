import { Dialog, FormControl, Radio, RadioGroup, TextInput } from '@primer/react'
import { useState } from 'react'
import { api, told } from '../../api/client.ts'
import type { NewPerson } from '../../api/types.ts'
import { Refusal } from '../../parts/refusal.tsx'
import { useOrder } from '../../parts/use-order.ts'

const kinds = [
  { kind: 'github', label: 'With GitHub', caption: 'By the login on GitHub.' },
  { kind: 'local', label: 'With a password', caption: 'Gets a one-time password, shown here once.' },
] as const

/** Lets somebody in; without a role they see nothing yet. */
export function NewPersonDialog({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState<NewPerson['kind']>('github')
  const [login, setLogin] = useState('')
  const add = useOrder((json: NewPerson) => told(api.people.$post({ json })), {
    concerns: ['people'],
    said: 'The person is added.',
  })
  const password = add.data?.oneTimePassword
  if (password) return <OneTimePassword login={login} password={password} onClose={onClose} />
  const submit = () =>
    add.mutate({ kind, login }, { onSuccess: ({ oneTimePassword }) => oneTimePassword === null && onClose() })
  return (
    <Dialog
      title="Add a person"
      onClose={onClose}
      footerButtons={[
        { content: 'Cancel', onClick: onClose },
        { content: 'Add', buttonType: 'primary', disabled: login.trim() === '' || add.isPending, onClick: submit },
      ]}
    >
      <div className="stack">
        <Refusal error={add.error} />
        <RadioGroup name="kind">
          <RadioGroup.Label>Signs in</RadioGroup.Label>
          {kinds.map(({ kind: each, label, caption }) => (
            <FormControl key={each}>
              <Radio value={each} checked={kind === each} onChange={() => setKind(each)} />
              <FormControl.Label>{label}</FormControl.Label>
              <FormControl.Caption>{caption}</FormControl.Caption>
            </FormControl>
          ))}
        </RadioGroup>
        <FormControl required>
          <FormControl.Label>{kind === 'github' ? 'Login on GitHub' : 'Name'}</FormControl.Label>
          <TextInput block autoComplete="off" value={login} onChange={({ target }) => setLogin(target.value)} />
        </FormControl>
      </div>
    </Dialog>
  )
}

function OneTimePassword({ login, password, onClose }: { login: string; password: string; onClose: () => void }) {
  return (
    <Dialog
      title={`${login} can sign in`}
      onClose={onClose}
      footerButtons={[{ content: 'Done', buttonType: 'primary', onClick: onClose }]}
    >
      <div className="stack">
        <p>The one-time password, shown only now:</p>
        <pre>{password}</pre>
        <p className="muted">
          It is replaced by an own one at the first sign-in. Grant a role next: without one, nothing is to be seen.
        </p>
      </div>
    </Dialog>
  )
}
