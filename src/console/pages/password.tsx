import { Button, FormControl, TextInput, useFormControlForwardedProps } from '@primer/react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { Page } from '../parts/page.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { useSession } from '../parts/session.tsx'

const shortest = 12

/** A password of one’s own; `first`: in place of the one-time one, before anything else can be done. */
export default function Password({ first = false }: { first?: boolean }) {
  const { person } = useSession()
  const [, go] = useLocation()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const change = useMutation({
    mutationFn: () => api.password.$put({ json: { current, next } }),
    onSuccess: async () => {
      await queryClient.resetQueries()
      if (!first) go('/controls')
    },
  })
  const isTooShort = next !== '' && next.length < shortest
  const differs = again !== '' && again !== next
  return (
    <Page
      title={first ? 'Choose your password' : 'Change the password'}
      lead={first ? 'The one-time password has done its work; from now on you sign in with your own.' : undefined}
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate()
        }}
      >
        <input type="text" hidden readOnly autoComplete="username" value={person.login} />
        <Refusal error={change.error} />
        <FormControl required>
          <FormControl.Label>{first ? 'One-time password' : 'Current password'}</FormControl.Label>
          <Secret value={current} onValue={setCurrent} complete="current-password" />
        </FormControl>
        <FormControl required>
          <FormControl.Label>New password</FormControl.Label>
          <Secret value={next} onValue={setNext} complete="new-password" />
          {isTooShort ? (
            <FormControl.Validation variant="error">At least {shortest} characters.</FormControl.Validation>
          ) : (
            <FormControl.Caption>At least {shortest} characters.</FormControl.Caption>
          )}
        </FormControl>
        <FormControl required>
          <FormControl.Label>New password again</FormControl.Label>
          <Secret value={again} onValue={setAgain} complete="new-password" />
          {differs && <FormControl.Validation variant="error">The two differ.</FormControl.Validation>}
        </FormControl>
        <div className="form-actions">
          <Button
            type="submit"
            variant="primary"
            disabled={current === '' || next.length < shortest || again !== next || change.isPending}
          >
            Change the password
          </Button>
        </div>
      </form>
    </Page>
  )
}

function Secret({ value, onValue, complete }: { value: string; onValue: (value: string) => void; complete: string }) {
  // The label finds its field by these: the field stands in a component of its own.
  const labelled = useFormControlForwardedProps({})
  return (
    <TextInput
      {...labelled}
      block
      type="password"
      autoComplete={complete}
      value={value}
      onChange={({ target }) => onValue(target.value)}
    />
  )
}
