import { Label } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { policyValues } from '../../api/queries.ts'
import type { PolicyValue } from '../../api/types.ts'
import { Answered } from '../../parts/answered.tsx'
import { NewSettingLink } from '../../parts/new-setting-link.tsx'
import { Section } from '../../parts/page.tsx'
import { PrecedenceLabel } from '../../parts/precedence-label.tsx'
import { Answer } from '../../parts/prose.tsx'
import { SelectorWords } from '../../parts/selector-words.tsx'
import { SetBy } from '../../parts/set-by.tsx'

/** What is asked of a resource, and why that: all that speaks to it, the winner marked. */
export function PoliciesInForce({ id }: { id: number }) {
  const query = useQuery(policyValues(id))
  return (
    <Section title="Policies in force" actions={<NewSettingLink resource={id} />}>
      <Answered query={query}>
        {(values) => (
          <ul className="lines">
            {values.map((value) => (
              <li key={value.path} className="stack">
                <div className="inline">
                  <Link href={`/policies/type?${new URLSearchParams({ path: value.path })}`} className="strong">
                    {value.path}
                  </Link>
                  <Answer answer={value.value} />
                </div>
                <Why value={value} />
              </li>
            ))}
            {values.length === 0 && <li className="muted">No policy applies to it.</li>}
          </ul>
        )}
      </Answered>
    </Section>
  )
}

function Why({ value: { chain } }: { value: PolicyValue }) {
  return (
    <details>
      <summary className="small muted">Why</summary>
      <ol className="plain stack">
        {chain.map(({ from, value, precedence, wins, why, pack, selector, ...author }) => (
          <li key={`${from} ${precedence} ${author.settingId} ${author.attachmentId}`} className="inline small">
            <strong>{from}</strong>
            {selector && <SelectorWords selector={selector} />}
            <Answer answer={value} />
            {precedence && <PrecedenceLabel precedence={precedence} />}
            {wins && (
              <Label size="small" variant="success">
                In force
              </Label>
            )}
            <span className="muted">
              {author.setBy && (
                <>
                  {pack ? `In the pack ${pack}, attached ` : 'Set '}
                  <SetBy author={author} />.{' '}
                </>
              )}
              {why}
            </span>
          </li>
        ))}
      </ol>
    </details>
  )
}
