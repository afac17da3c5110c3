import { useQuery } from '@tanstack/react-query'
import { Failure } from '../api/failure.ts'
import { removal } from '../api/queries.ts'
import type { RemovalPreview } from '../api/types.ts'
import { Answered } from '../parts/answered.tsx'
import { Page } from '../parts/page.tsx'
import { Removed, Steps } from './connection/removal-steps.tsx'
import { Confirm, WhatGoes } from './connection/what-goes.tsx'

/** How often is looked how far a removal has come, in milliseconds. */
const look = 1_000

/** Takes an organization out of Guardpost: what goes, its name typed, then step by step. */
export default function Remove({ id }: { id: number }) {
  const query = useQuery({
    ...removal(id),
    refetchInterval: ({ state }) => (state.data?.progress && !state.error ? look : false),
  })
  // What was removed is not there any more.
  const isGone = query.error instanceof Failure && query.error.status === 404
  return <Answered query={query}>{(preview) => <Shown id={id} preview={preview} isGone={isGone} />}</Answered>
}

function Shown({ id, preview, isGone }: { id: number; preview: RemovalPreview; isGone: boolean }) {
  const { login, progress } = preview
  return (
    <Page
      title={`Remove ${login}`}
      crumbs={[
        { text: 'Connections', href: '/connections' },
        ...(isGone ? [] : [{ text: login, href: `/connections/${id}` }]),
      ]}
      lead="Guardpost takes back what it made on GitHub, and forgets the organization."
    >
      {isGone || progress?.done ? (
        <Removed login={login} remains={preview.remains} />
      ) : progress ? (
        <Steps id={id} login={login} removal={progress} />
      ) : (
        <>
          <WhatGoes id={id} preview={preview} />
          <Confirm id={id} login={login} />
        </>
      )}
    </Page>
  )
}
