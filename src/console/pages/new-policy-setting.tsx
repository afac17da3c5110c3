import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import { policyTypes } from '../api/queries.ts'
import type { PolicyType } from '../api/types.ts'
import { Answered } from '../parts/answered.tsx'
import { Page } from '../parts/page.tsx'
import type { PickedPlace } from './policies/place-picker.tsx'
import { SettingForm } from './policies/setting-form.tsx'
import { Specification } from './policies/specification.tsx'
import { TypePicker } from './policies/type-picker.tsx'

/** **New policy setting**: what is asked, where, how firmly. */
export default function NewPolicySetting() {
  const types = useQuery(policyTypes())
  return (
    <Page
      title="New policy setting"
      crumbs={[{ text: 'Policies', href: '/policies' }]}
      lead="It replaces the setting of the same policy at the same place, if there is one."
    >
      <Answered query={types}>{(all) => <Both types={all} />}</Answered>
    </Page>
  )
}

function Both({ types }: { types: readonly PolicyType[] }) {
  const [query, setQuery] = useSearchParams()
  const type = types.find(({ path }) => path === query.get('type'))
  const know = (parts: Readonly<Record<string, string | number | null>>) =>
    setQuery(
      (before) => {
        const next = new URLSearchParams(before)
        for (const [name, value] of Object.entries(parts))
          if (value === null) next.delete(name)
          else next.set(name, String(value))
        return next
      },
      { replace: true },
    )
  const [resourceId, folderId] = [Number(query.get('resource')), Number(query.get('folder'))]
  const place = resourceId ? { resourceId } : folderId ? { folderId } : null
  return (
    <div className="columns">
      <div className="form">
        <TypePicker types={types} type={type} onPick={(path) => know({ type: path })} />
        {type && (
          <SettingForm
            key={type.path}
            type={type}
            place={place}
            onPlace={(next) => know({ resource: null, folder: null, ...(next && known(next)) })}
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

const known = (place: PickedPlace) =>
  'resourceId' in place ? { resource: place.resourceId } : { folder: place.folderId }
