import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import { policyTypes } from '../api/queries.ts'
import type { PolicyType } from '../api/types.ts'
import { Answered } from '../parts/answered.tsx'
import { Page } from '../parts/page.tsx'
import { SettingForm } from './policies/setting-form.tsx'
import { Specification } from './policies/specification.tsx'
import { TypePicker } from './policies/type-picker.tsx'

/** **New policy setting**: what is asked, of which resource, how firmly. */
export default function NewPolicySetting() {
  const types = useQuery(policyTypes())
  return (
    <Page
      title="New policy setting"
      crumbs={[{ text: 'Policies', href: '/policies' }]}
      lead="It replaces the setting of the same policy on the same resource, if there is one."
    >
      <Answered query={types}>{(all) => <Both types={all} />}</Answered>
    </Page>
  )
}

function Both({ types }: { types: readonly PolicyType[] }) {
  const [query, setQuery] = useSearchParams()
  const type = types.find(({ path }) => path === query.get('type'))
  const know = (name: 'type' | 'resource', value: string | null) =>
    setQuery(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === null) next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  return (
    <div className="columns">
      <div className="form">
        <TypePicker types={types} type={type} onPick={(path) => know('type', path)} />
        {type && (
          <SettingForm
            key={type.path}
            type={type}
            resourceId={Number(query.get('resource')) || null}
            onResource={(id) => know('resource', id === null ? null : String(id))}
          />
        )}
      </div>
      {type && (
        <div className="side">
          <Specification type={type} />
        </div>
      )}
    </div>
  )
}
