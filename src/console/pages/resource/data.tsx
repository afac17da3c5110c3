import { ScrollableRegion } from '@primer/react/experimental'
import type { ResourceDetail } from '../../api/types.ts'
import { knownBy } from '../../parts/known-by.ts'
import { Words } from '../../parts/prose.tsx'
import { Time } from '../../parts/time.tsx'

/** Every field, how it is known, and how fresh that is. */
export function Data({ resource: { fields } }: { resource: ResourceDetail }) {
  return (
    <ScrollableRegion aria-label="Fields" className="box">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Value</th>
            <th scope="col">Known by</th>
            <th scope="col">True as of</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, value, about, source, at }) => (
            <tr key={name}>
              <th scope="row">
                <span className="field-name">{name}</span>
                <span className="cell-sub">
                  <Words text={about} />
                </span>
              </th>
              <td>
                <Value value={value} known={source !== null} />
              </td>
              <td className="nowrap">
                {source === null ? <span className="muted">never told</span> : knownBy(source)}
              </td>
              <td className="nowrap">{at === null ? '–' : <Time at={at} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollableRegion>
  )
}

/** Beyond so many letters a value is folded. */
const longest = 200

export function Value({ value, known }: { value: unknown; known: boolean }) {
  if (value === null || value === undefined) return <span className="muted">{known ? 'none' : 'not known'}</span>
  if (value === '') return <span className="muted">empty</span>
  if (typeof value !== 'object') return <span>{String(value)}</span>
  const text = JSON.stringify(value, null, 2)
  if (text.length <= longest) return <code>{JSON.stringify(value)}</code>
  return (
    <details>
      <summary>{Array.isArray(value) ? `${value.length} entries` : `${Object.keys(value).length} fields`}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </details>
  )
}
