import type { PolicyType } from '../../api/types.ts'
import { Section } from '../../parts/page.tsx'
import { Answer, Prose } from '../../parts/prose.tsx'

const kinds = { choice: 'One of the values', text: 'Any text', list: 'A list' } as const

/** What a policy is for, and what it takes. */
export function Specification({ type }: { type: PolicyType }) {
  return (
    <>
      <Section title="Overview">
        <div className="pad">
          <Prose text={type.overview || type.question} />
        </div>
      </Section>
      <Section title="Specification">
        <dl className="facts pad">
          <dt>Takes</dt>
          <dd>{kinds[type.kind]}</dd>
          {type.values && (
            <>
              <dt>Values</dt>
              <dd>
                <ul className="plain">
                  {type.values.map((value) => (
                    <li key={value}>
                      <code>{value}</code>
                    </li>
                  ))}
                </ul>
              </dd>
            </>
          )}
          <dt>Default</dt>
          <dd>
            <Default type={type} />
          </dd>
          <dt>May be set on</dt>
          <dd>{type.targets.join(', ')}</dd>
        </dl>
      </Section>
    </>
  )
}

function Default({ type: { default: byDefault } }: { type: PolicyType }) {
  if (String(byDefault.app) === String(byDefault.token)) return <Answer answer={byDefault.app} />
  return (
    <>
      <Answer answer={byDefault.app} /> with the App, <Answer answer={byDefault.token} /> with a token
    </>
  )
}
