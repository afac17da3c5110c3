import { Button, FormControl, Radio, RadioGroup, TextInput } from '@primer/react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { api, told } from '../api/client.ts'
import type { Connected, NewConnection } from '../api/types.ts'
import { Page } from '../parts/page.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { useOrder } from '../parts/use-order.ts'
import { Findings } from './connection/findings.tsx'

type Way = 'app' | 'token'

/** Connects an organization; what reaches it is tried before anything is kept. */
export default function Connect() {
  const [, go] = useLocation()
  const [url, setUrl] = useState('')
  const [way, setWay] = useState<Way>('app')
  const [token, setToken] = useState('')
  const connect = useOrder((json: NewConnection) => told(api.connections.$post({ json })), {
    concerns: ['connection', 'resource', 'control'],
  })
  const isWhole = url !== '' && (way === 'app' || token !== '')
  const submit = (check: boolean) =>
    connect.mutate(
      { url: url.trim(), check, ...(way === 'token' && { token: token.trim() }) },
      { onSuccess: ({ connection }: Connected) => connection && go(`/connections/${connection.id}`) },
    )
  return (
    <Page
      title="Connect an organization"
      crumbs={[{ text: 'Connections', href: '/connections' }]}
      lead="What reaches the organization is tried first: what it may do, how long, and whether the organization accepts it."
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (isWhole) submit(false)
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
        <Ways way={way} onWay={setWay} />
        {way === 'token' && <Token token={token} onToken={setToken} />}
        <Refusal error={connect.error} />
        {connect.data && <Findings connected={connect.data} />}
        <div className="form-actions">
          <Button type="submit" variant="primary" disabled={!isWhole || connect.isPending}>
            {connect.isPending ? 'Trying…' : 'Connect'}
          </Button>
          <Button disabled={!isWhole || connect.isPending} onClick={() => submit(true)}>
            Only try
          </Button>
          <Button variant="invisible" onClick={() => go('/connections')}>
            Cancel
          </Button>
        </div>
      </form>
    </Page>
  )
}

function Token({ token, onToken }: { token: string; onToken: (token: string) => void }) {
  return (
    <FormControl required>
      <FormControl.Label>Token</FormControl.Label>
      <TextInput
        block
        type="password"
        autoComplete="off"
        value={token}
        onChange={({ target }) => onToken(target.value)}
      />
      <FormControl.Caption>A personal access token. It is kept encrypted and never shown again.</FormControl.Caption>
    </FormControl>
  )
}

const ways = [
  { value: 'app', label: 'By the App', caption: 'It is installed on the organization on GitHub.' },
  { value: 'token', label: 'By a token', caption: 'There are commit statuses then instead of check runs.' },
] as const

function Ways({ way, onWay }: { way: Way; onWay: (way: Way) => void }) {
  return (
    <RadioGroup name="way">
      <RadioGroup.Label>How it is reached</RadioGroup.Label>
      {ways.map(({ value, label, caption }) => (
        <FormControl key={value}>
          <Radio value={value} checked={way === value} onChange={() => onWay(value)} />
          <FormControl.Label>{label}</FormControl.Label>
          <FormControl.Caption>{caption}</FormControl.Caption>
        </FormControl>
      ))}
    </RadioGroup>
  )
}
