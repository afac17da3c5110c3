import { DownloadIcon } from '@primer/octicons-react'
import { Button, FormControl, TextInput } from '@primer/react'
import { type ReactNode, useState } from 'react'
import type { RemovalPreview } from '../../api/types.ts'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Remains } from './remains.tsx'
import { useRemoval } from './use-removal.ts'

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString()} ${count === 1 ? one : many}`

/** All that a removal takes away, and what it leaves to a person. */
export function WhatGoes({ id, preview }: { id: number; preview: RemovalPreview }) {
  const { webhooks, issues, resources, controls, settings, activities, deliveries, remains } = preview
  return (
    <>
      <Section
        title="What goes"
        actions={
          <a href={`/api/v1/connections/${id}/export`} download>
            <DownloadIcon /> Export first
          </a>
        }
      >
        <ul className="lines">
          <Going where="On GitHub, webhooks of ours are deleted">
            {webhooks.length === 0 ? 'None' : webhooks.map(({ url }) => url).join(', ')}
          </Going>
          <Going where="On GitHub, issues of ours are closed">
            {issues.length === 0
              ? 'None'
              : issues.map(({ repository, number, url }) => (
                  <a key={`${repository} ${number}`} href={url ?? ''} className="link">
                    {repository}#{number}
                  </a>
                ))}
          </Going>
          <Going where="Here, for good">
            {[
              counted(resources, 'resource'),
              counted(controls, 'control'),
              counted(settings, 'policy setting'),
              counted(activities, 'activity', 'activities'),
              counted(deliveries, 'delivery', 'deliveries'),
              'the credential',
            ].join(', ')}
          </Going>
        </ul>
      </Section>
      <Remains remains={remains} />
    </>
  )
}

function Going({ where, children }: { where: string; children: ReactNode }) {
  return (
    <li>
      <strong>{where}</strong>
      <span className="cell-sub inline">{children}</span>
    </li>
  )
}

/** The name typed, so that nobody removes the wrong one. */
export function Confirm({ id, login }: { id: number; login: string }) {
  const [typed, setTyped] = useState('')
  const remove = useRemoval(id, login)
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (typed === login) remove.mutate(false)
      }}
    >
      <Refusal error={remove.error} />
      <FormControl required>
        <FormControl.Label>Type “{login}” to confirm</FormControl.Label>
        <TextInput block autoComplete="off" value={typed} onChange={({ target }) => setTyped(target.value)} />
        <FormControl.Caption>Nothing of it can be had back.</FormControl.Caption>
      </FormControl>
      <div className="form-actions">
        <Button type="submit" variant="danger" disabled={typed !== login || remove.isPending}>
          Remove the organization
        </Button>
      </div>
    </form>
  )
}
