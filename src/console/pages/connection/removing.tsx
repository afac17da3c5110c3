import { CheckCircleFillIcon, CheckIcon, CircleIcon, XIcon } from '@primer/octicons-react'
import { Button, FormControl, Spinner, TextInput } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { order } from '../../api/ask.ts'
import { removalPreview } from '../../api/queries.ts'
import type { Removal, RemovalPreview } from '../../api/types.ts'
import { Answered, Nothing } from '../../parts/answered.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { useOrder } from '../../parts/use-order.ts'

export function Removing({ id, login }: { id: number; login: string }) {
  const remove = useOrder(() => order<Removal>('POST', `/connections/${id}/removal`, { login }), {
    concerns: ['connection', 'control', 'resource', 'activity'],
    said: `${login} is being removed.`,
  })
  const query = useQuery({ ...removalPreview(id), enabled: !remove.data })
  if (remove.data) return <Steps removal={remove.data} login={login} />
  return (
    <Answered query={query}>
      {(preview) => (
        <>
          <WhatGoes preview={preview} />
          <Refusal error={remove.error} />
          <Confirm login={login} busy={remove.isPending} onConfirm={() => remove.mutate()} />
        </>
      )}
    </Answered>
  )
}

function WhatGoes({ preview }: { preview: RemovalPreview }) {
  const { webhooks, issues, resources, controls, settings, activities, deliveries, remains } = preview
  return (
    <Section title="What goes">
      <ul className="lines">
        <li>
          On GitHub: {webhooks.length} {webhooks.length === 1 ? 'webhook' : 'webhooks'} of ours deleted, {issues.length}{' '}
          {issues.length === 1 ? 'issue' : 'issues'} of ours closed.
        </li>
        <li>
          Here: {resources.toLocaleString()} resources, {controls.toLocaleString()} controls,{' '}
          {settings.toLocaleString()} policy settings, {activities.toLocaleString()} activities,{' '}
          {deliveries.toLocaleString()} deliveries, and the credential. Nothing of it can be had back.
        </li>
        {remains.map((each) => (
          <li key={each}>
            <strong>Left to you:</strong> {each}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Confirm({ login, busy, onConfirm }: { login: string; busy: boolean; onConfirm: () => void }) {
  const [typed, setTyped] = useState('')
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (typed === login) onConfirm()
      }}
    >
      <FormControl required>
        <FormControl.Label>Type “{login}” to confirm</FormControl.Label>
        <TextInput block autoComplete="off" value={typed} onChange={({ target }) => setTyped(target.value)} />
      </FormControl>
      <div className="form-actions">
        <Button type="submit" variant="danger" disabled={typed !== login || busy}>
          {busy ? 'Removing…' : 'Remove the organization'}
        </Button>
      </div>
    </form>
  )
}

const marks = {
  done: <CheckIcon aria-label="Done" />,
  running: <Spinner size="small" srText="Under way" />,
  waiting: <CircleIcon aria-label="Waiting" />,
  failed: <XIcon aria-label="Failed" />,
} as const
const looks = { done: 'ok', running: 'tbd', waiting: 'tbd', failed: 'error' } as const

function Steps({ removal: { steps, done }, login }: { removal: Removal; login: string }) {
  return (
    <>
      <Section title="Steps">
        <ol className="lines" aria-live="polite">
          {steps.map(({ name, state, detail }) => (
            <li key={name}>
              <span className={`state state-${looks[state]}`}>
                {marks[state]} {name}
              </span>
              {detail && <span className="cell-sub">{detail}</span>}
            </li>
          ))}
        </ol>
      </Section>
      {done && (
        <div className="box">
          <Nothing
            icon={CheckCircleFillIcon}
            title={`${login} is removed`}
            action={<Link href="/connections">Go to Connections</Link>}
          >
            Guardpost knows nothing of it any more.
          </Nothing>
        </div>
      )}
    </>
  )
}
