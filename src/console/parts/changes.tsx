import type { Change } from '../api/types.ts'

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value, null, 2)

/** What became another, from what to what. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <div className="diff">
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          <div className="diff-name">{field}</div>
          <Line sign="−" said="was" value={before} />
          <Line sign="+" said="is" value={after} />
        </div>
      ))}
    </div>
  )
}

function Line({ sign, said, value }: { sign: string; said: string; value: unknown }) {
  if (value === undefined || value === null) return null
  return (
    <div className={`diff-line ${sign === '+' ? 'diff-after' : 'diff-before'}`} data-sign={sign}>
      <span>
        <span className="only-read">{said} </span>
        {textOf(value)}
      </span>
    </div>
  )
}
