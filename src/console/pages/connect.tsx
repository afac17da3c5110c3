import { Button, FormControl, TextInput } from '@primer/react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { order } from '../api/ask.ts'
import type { Connection, NewConnection } from '../api/types.ts'
import { Page } from '../parts/page.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { useOrder } from '../parts/use-order.ts'

/** Connects an organization by a token. */
export default function Connect() {
  const [, go] = useLocation()
  const [url, setUrl] = useState('')
  const [token, setToken] = useState('')
  const connect = useOrder((asked: NewConnection) => order<Connection>('POST', '/connections', asked), {
    concerns: ['connection', 'resource', 'control'],
    said: 'The organization is connected.',
  })
  return (
    <Page
      title="Connect an organization"
      crumbs={[{ text: 'Connections', href: '/connections' }]}
      lead="With the App, nothing is to be done here: install it on the organization on GitHub, and the organization shows under Connections. Without the App, a token connects it."
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          connect.mutate({ url: url.trim(), token: token.trim() }, { onSuccess: ({ id }) => go(`/connections/${id}`) })
        }}
      >
        <FormControl required>
          <FormControl.Label>Organization</FormControl.Label>
          <TextInput
            block
            type="url"
            placeholder="https://github.com/acme"
            value={url}
            onChange={({ target }) => setUrl(target.value)}
          />
          <FormControl.Caption>Its address on GitHub.</FormControl.Caption>
        </FormControl>
        <FormControl required>
          <FormControl.Label>Token</FormControl.Label>
          <TextInput
            block
            type="password"
            autoComplete="off"
            value={token}
            onChange={({ target }) => setToken(target.value)}
          />
          <FormControl.Caption>
            A personal access token. It is checked first: what it may do, when it expires, and whether the organization
            accepts it. Then it is kept encrypted and never shown again.
          </FormControl.Caption>
        </FormControl>
        <Refusal error={connect.error} />
        <div className="form-actions">
          <Button type="submit" variant="primary" disabled={url === '' || token === '' || connect.isPending}>
            {connect.isPending ? 'Checking the token…' : 'Connect'}
          </Button>
          <Button onClick={() => go('/connections')}>Cancel</Button>
        </div>
      </form>
    </Page>
  )
}
