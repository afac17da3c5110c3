import { useQuery } from '@tanstack/react-query'
import { policyPlan } from '../api/queries.ts'
import type { PolicyPlan, PolicyPlanRequest } from '../api/types.ts'
import { Answered } from './answered.tsx'
import { Section } from './page.tsx'
import { State } from './state.tsx'
import { useSettled } from './use-settled.ts'

type Organization = PolicyPlan['organizations'][number]

/** What would follow, before it is made: states, changes on GitHub, how many repositories. */
export function PolicyPlanned({ request }: { request: PolicyPlanRequest }) {
  const query = useQuery(policyPlan(JSON.parse(useSettled(JSON.stringify(request)))))
  return (
    <Section title="What would change">
      <Answered query={query}>
        {({ organizations }) => {
          const moved = organizations.filter(({ states, changes }) => states.length + changes.length > 0)
          return moved.length === 0 ? (
            <p className="pad muted">Nothing: every control stays as it is.</p>
          ) : (
            moved.map((each) => <InOrganization key={each.connectionId} organization={each} />)
          )
        }}
      </Answered>
    </Section>
  )
}

function InOrganization({ organization }: { organization: Organization }) {
  const { login, states, changes, otherChanges, repositories } = organization
  return (
    <div className="pad stack">
      <p>
        <strong>{login}</strong>
        {repositories > 0 && <span className="muted"> · {counted(repositories, 'repository', 'repositories')}</span>}
      </p>
      <ul className="plain stack stack-tight">
        {states.map(({ path, from, to, count, examples }) => (
          <li key={`${path} ${from} ${to}`}>
            <span className="inline">
              <State state={from} /> → <State state={to} />
              <span>
                {count.toLocaleString()} of {path}
              </span>
            </span>
            <Examples examples={examples} count={count} />
          </li>
        ))}
        {changes.map(({ path, field, before, after, count, examples }) => (
          <li key={`${path} ${field} ${before} ${after}`}>
            Changed on GitHub: <code>{field}</code> from <code>{before}</code> to <code>{after}</code>,{' '}
            {count.toLocaleString()} of {path}
            <Examples examples={examples} count={count} />
          </li>
        ))}
        {otherChanges > 0 && <li>{counted(otherChanges, 'other change', 'other changes')} on GitHub</li>}
      </ul>
    </div>
  )
}

const shown = 3

const Examples = ({ examples, count }: { examples: readonly string[]; count: number }) => (
  <span className="cell-sub">
    {examples.slice(0, shown).join(', ')}
    {count > shown && ` and ${(count - shown).toLocaleString()} more`}
  </span>
)

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString()} ${count === 1 ? one : many}`
