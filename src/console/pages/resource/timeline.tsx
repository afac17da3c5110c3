import { resourceVersions } from '../../api/queries.ts'
import { Changes } from '../../parts/changes.tsx'
import { Pages } from '../../parts/pages.tsx'
import { Time } from '../../parts/time.tsx'

/** Every version of a resource, newest first, with what became another. */
export function Timeline({ id }: { id: number }) {
  return (
    <Pages query={resourceVersions(id)}>
      {(versions) => (
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
      )}
    </Pages>
  )
}
