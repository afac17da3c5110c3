import { Button } from '@primer/react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { resourceVersions } from '../../api/queries.ts'
import { Failed, Loading } from '../../parts/answered.tsx'
import { Changes } from '../../parts/changes.tsx'
import { Time } from '../../parts/time.tsx'

/** Every version of a resource, newest first, with what became another. */
export function Timeline({ id }: { id: number }) {
  const asked = useInfiniteQuery(resourceVersions(id))
  if (asked.isPending) return <Loading />
  if (asked.data === undefined) return asked.error && <Failed error={asked.error} again={() => void asked.refetch()} />
  const versions = asked.data.pages.flatMap(({ items }) => items)
  return (
    <>
      <ol className="lines box" aria-label="Versions, newest first">
        {versions.map(({ version, at, changes }) => (
          <li key={version} className="stack">
            <div className="inline">
              <strong>Version {version}</strong>
              <span className="muted">
                <Time at={at} />
              </span>
            </div>
            {changes.length > 0 ? <Changes changes={changes} /> : <p className="muted">First recorded.</p>}
          </li>
        ))}
        {versions.length === 0 && <li className="muted">No version is kept.</li>}
      </ol>
      {asked.hasNextPage && (
        <p className="pad">
          <Button disabled={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            Show more
          </Button>
        </p>
      )}
    </>
  )
}
