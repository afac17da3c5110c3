import { AlertIcon, type Icon } from '@primer/octicons-react'
import { Button, Spinner } from '@primer/react'
import { Blankslate } from '@primer/react/experimental'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Failure } from '../api/failure.ts'

/** What a query gives, or in its place what is to be said: it is under way, or it failed and why. */
export function Answered<Data>({
  query,
  children,
}: {
  query: UseQueryResult<Data>
  children: (data: Data) => ReactNode
}) {
  if (query.data !== undefined) return children(query.data)
  return query.isError ? <Failed error={query.error} again={() => void query.refetch()} /> : <Loading />
}

export function Loading({ what = 'Loading' }: { what?: string }) {
  return (
    <p className="loading" role="status">
      <Spinner size="small" srText={null} /> {what}…
    </p>
  )
}

/** What went wrong, in the API's own words, and a way to try again. */
export function Failed({ error, again }: { error: Error; again?: () => void }) {
  return (
    <Blankslate border>
      <Blankslate.Visual>
        <AlertIcon size={24} />
      </Blankslate.Visual>
      <Blankslate.Heading>{error instanceof Failure ? error.title : 'The page failed'}</Blankslate.Heading>
      <Blankslate.Description>{error.message}</Blankslate.Description>
      {again && (
        <div className="blank-action">
          <Button onClick={again}>Try again</Button>
        </div>
      )}
    </Blankslate>
  )
}

/** Nothing is there, why that may be, and what to do next. */
export function Nothing({
  icon: Glyph,
  title,
  action,
  children,
}: {
  icon: Icon
  title: string
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <Blankslate>
      <Blankslate.Visual>
        <Glyph size={24} />
      </Blankslate.Visual>
      <Blankslate.Heading>{title}</Blankslate.Heading>
      <Blankslate.Description>{children}</Blankslate.Description>
      {action && <div className="blank-action">{action}</div>}
    </Blankslate>
  )
}
