import { Banner } from '@primer/react'
import { Failure } from '../api/failure.ts'

/** Why something asked for was not done. */
export function Refusal({ error }: { error: Error | null }) {
  if (error === null) return null
  const errors = error instanceof Failure ? error.errors : []
  return (
    <div role="alert">
      <Banner
        variant="critical"
        title={error instanceof Failure ? error.title : 'That failed'}
        description={
          <>
            {error.message}
            {errors.length > 0 && (
              <ul>
                {errors.map(({ pointer, detail }) => (
                  <li key={pointer}>
                    <code>{pointer}</code>: {detail}
                  </li>
                ))}
              </ul>
            )}
          </>
        }
      />
    </div>
  )
}
