import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { control } from '../api/queries.ts'
import type { ControlDetail } from '../api/types.ts'
import { ActivityList } from '../parts/activity-list.tsx'
import { Answered } from '../parts/answered.tsx'
import { term } from '../parts/filter.ts'
import { Page, Section } from '../parts/page.tsx'
import { Answer, Prose, ResourceLink } from '../parts/prose.tsx'
import { Time } from '../parts/time.tsx'
import { ControlActions } from './control/actions.tsx'
import { Calls, Runs } from './control/runs.tsx'
import { Verdict } from './control/verdict.tsx'

/** One control: how it stands, why, and what to do about it. */
export default function Control({ id }: { id: number }) {
  const query = useQuery(control(id))
  return <Answered query={query}>{(detail) => <Shown control={detail} />}</Answered>
}

const ofType = (path: string): string => `/controls?${new URLSearchParams({ type: path })}`

function Shown({ control: shown }: { control: ControlDetail }) {
  return (
    <Page
      title={`${shown.path} on ${shown.resource.title}`}
      crumbs={[
        { text: 'Controls', href: '/controls' },
        { text: shown.path, href: ofType(shown.path) },
      ]}
      lead={shown.title}
      actions={<ControlActions control={shown} />}
    >
      <div className="columns">
        <div>
          <Verdict control={shown} />
          <Section title="Activity" bare>
            <ActivityList filter={term('resource', shown.resource.id)} />
          </Section>
          <Calls calls={shown.run?.calls ?? []} />
          <Runs id={shown.id} />
        </div>
        <Side control={shown} />
      </div>
    </Page>
  )
}

function Side({
  control: { resource, policy, value, subPolicies, risk, advice, reports, lastRunAt },
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
          {subPolicies.length > 0 && (
            <>
              <dt>Also decided by</dt>
              <dd>
                <ul className="plain">
                  {subPolicies.map((path) => (
                    <li key={path}>
                      <Link href={`/policies/type?${new URLSearchParams({ path })}`}>{path.split(' > ').at(-1)}</Link>
                    </li>
                  ))}
                </ul>
              </dd>
            </>
          )}
          <dt>Last run</dt>
          <dd>{lastRunAt === null ? 'Never' : <Time at={lastRunAt} />}</dd>
          <dt>Reported</dt>
          <dd>
            {reports.length === 0 && 'Nowhere yet'}
            <ul className="plain">
              {reports.map(({ kind, repository, url, at }) => (
                <li key={`${kind} ${url}`}>
                  {url === null ? (
                    kind
                  ) : (
                    <a href={url} className="link">
                      {kind}
                    </a>
                  )}{' '}
                  {repository && `in ${repository}, `}
                  <Time at={at} />
                </li>
              ))}
            </ul>
          </dd>
        </dl>
      </Section>
      <Section title="Advice">
        <div className="pad stack">
          <Prose text={advice} />
          <p className="muted small">Otherwise: {risk}</p>
        </div>
      </Section>
    </div>
  )
}
