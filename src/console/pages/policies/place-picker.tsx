import { FormControl, Radio, RadioGroup, Select } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { folders } from '../../api/queries.ts'
import { useMayEverywhere } from '../../parts/session.tsx'
import { ResourcePicker } from './resource-picker.tsx'

/** Where something is put, as the API takes it. */
export interface PickedPlace {
  readonly at: { readonly resourceId: number } | { readonly folderId: number }
  readonly isRepository: boolean
}

const kinds = [
  { kind: 'GitHub > Organization', label: 'An organization' },
  { kind: 'GitHub > Repository', label: 'A repository' },
  { kind: 'folder', label: 'A folder' },
] as const

type Kind = (typeof kinds)[number]['kind']

/** A folder, an organization or a repository. */
export function PlacePicker({
  picked,
  onPick,
}: {
  picked: PickedPlace | null
  onPick: (place: PickedPlace | null) => void
}) {
  const [kind, setKind] = useState<Kind>('GitHub > Organization')
  const seesFolders = useMayEverywhere('ReadOnly')
  const at = picked?.at
  return (
    <>
      <RadioGroup
        name="place"
        onChange={(value) => {
          onPick(null)
          setKind(value as Kind)
        }}
      >
        <RadioGroup.Label>Where</RadioGroup.Label>
        {kinds
          .filter((each) => each.kind !== 'folder' || seesFolders)
          .map((each) => (
            <FormControl key={each.kind}>
              <Radio value={each.kind} checked={kind === each.kind} />
              <FormControl.Label>{each.label}</FormControl.Label>
            </FormControl>
          ))}
      </RadioGroup>
      {kind === 'folder' ? (
        <FolderPicker onPick={(folderId) => onPick({ at: { folderId }, isRepository: false })} />
      ) : (
        <ResourcePicker
          key={kind}
          targets={[kind]}
          picked={at && 'resourceId' in at ? at.resourceId : null}
          onPick={(id) =>
            onPick(id === null ? null : { at: { resourceId: id }, isRepository: kind === 'GitHub > Repository' })
          }
        />
      )}
    </>
  )
}

function FolderPicker({ onPick }: { onPick: (id: number) => void }) {
  const all = useQuery(folders()).data ?? []
  return (
    <FormControl required>
      <FormControl.Label>Folder</FormControl.Label>
      <Select block placeholder="Choose a folder" onChange={({ target }) => onPick(Number(target.value))}>
        {all.map(({ id, title }) => (
          <Select.Option key={id} value={String(id)}>
            {title}
          </Select.Option>
        ))}
      </Select>
    </FormControl>
  )
}
