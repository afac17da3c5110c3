import { Link } from 'wouter'
import type { ControlDetail } from '../../api/types.ts'
import { Section } from '../../parts/page.tsx'
import { Answer, Prose, ResourceLink } from '../../parts/prose.tsx'
import { Time } from '../../parts/time.tsx'

/** What a control is about: its resource, what the policy asks, where it is told, and what to do. */
export function Side({
  control: { resource, policy, value, subPolicies, risk, advice, marks, reports, lastRunAt },
}: {
  control: ControlDetail
}) {
  return (
    <div className="side">
      <Section title="About">
        <dl className="facts pad">
          <dt>Resource</dt>
          <dd>
            <ResourceLink resource={resource} />
          </dd>
          <dt>Policy in force</dt>
          <dd>
            <Answer answer={value} />{' '}
            <Link href={`/policies/type?${new URLSearchParams({ path: policy })}`} className="link">
              Its policy
            </Link>
          </dd>
          <SubPolicies paths={subPolicies} />
          <dt>Last run</dt>
          <dd>{lastRunAt === null ? 'Never' : <Time at={lastRunAt} />}</dd>
          <dt>Reported</dt>
          <dd>
            <Reports reports={reports} />
          </dd>
        </dl>
      </Section>
      <Section title="Advice">
        <div className="pad stack">
          <Prose text={advice} />
          <p className="muted small">Otherwise: {risk}</p>
          {marks.length > 0 && <p className="muted small">Asked elsewhere as {marks.join(', ')}.</p>}
        </div>
      </Section>
    </div>
  )
}

function SubPolicies({ paths }: { paths: ControlDetail['subPolicies'] }) {
  if (paths.length === 0) return null
  return (
    <>
      <dt>Also decided by</dt>
      <dd>
        <ul className="plain">
          {paths.map((path) => (
            <li key={path}>
              <Link href={`/policies/type?${new URLSearchParams({ path })}`}>{path.split(' > ').at(-1)}</Link>
            </li>
          ))}
        </ul>
      </dd>
    </>
  )
}

/** `check-run` is a Check run. */
const nameOf = (kind: string): string => `${kind.charAt(0).toUpperCase()}${kind.slice(1).replace('-', ' ')}`

function Reports({ reports }: Pick<ControlDetail, 'reports'>) {
  if (reports.length === 0) return 'Nowhere yet'
  return (
    <ul className="plain">
      {reports.map(({ kind, repository, url, at }) => (
        <li key={`${kind} ${url}`}>
          {url === null ? (
            nameOf(kind)
          ) : (
            <a href={url} className="link">
              {nameOf(kind)}
            </a>
          )}{' '}
          {repository && `in ${repository}, `}
          <Time at={at} />
        </li>
      ))}
    </ul>
  )
}
