import { FormControl, Radio, RadioGroup, Select } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { folders, resource } from '../../api/queries.ts'
import { useMayEverywhere } from '../../parts/session.tsx'
import { ResourcePicker } from './resource-picker.tsx'

/** Where something is put, as the API takes it. */
export type PickedPlace = { readonly resourceId: number } | { readonly folderId: number }

const organization = 'GitHub > Organization'
const repository = 'GitHub > Repository'
const folder = 'folder'

const labels: Readonly<Record<string, string>> = {
  [organization]: 'An organization',
  [repository]: 'A repository',
  [folder]: 'A folder',
}

const resourceIn = (place: PickedPlace | null): number | null =>
  place && 'resourceId' in place ? place.resourceId : null

/** `folder`, or the type of the resource; null: nothing is picked, or it is not known yet. */
function useKind(place: PickedPlace | null): string | null {
  const id = resourceIn(place)
  const known = useQuery({ ...resource(id ?? 0), enabled: id !== null })
  return place && (id === null ? folder : (known.data?.type ?? null))
}

/** Whether repositories are below a place, of which some can be meant. */
export function useHoldsRepositories(place: PickedPlace | null): boolean {
  const kind = useKind(place)
  return kind === folder || kind === organization
}

/** A folder, an organization, a repository, or whatever else may be. */
export function PlacePicker({
  targets = [organization, repository],
  picked,
  onPick,
}: {
  /** The types of resource that may be. */
  targets?: readonly string[]
  picked: PickedPlace | null
  onPick: (place: PickedPlace | null) => void
}) {
  const [chosen, setChosen] = useState<string>()
  const known = useKind(picked)
  const seesFolders = useMayEverywhere('ReadOnly')
  const kinds = [...targets, ...(seesFolders ? [folder] : [])]
  const kind = known ?? chosen ?? kinds[0] ?? organization
  return (
    <>
      <RadioGroup
        name="place"
        onChange={(value) => {
          onPick(null)
          setChosen(value ?? undefined)
        }}
      >
        <RadioGroup.Label>Where</RadioGroup.Label>
        {kinds.map((each) => (
          <FormControl key={each}>
            <Radio value={each} checked={kind === each} />
            <FormControl.Label>{labels[each] ?? each}</FormControl.Label>
          </FormControl>
        ))}
      </RadioGroup>
      {kind === folder ? (
        <FolderPicker
          picked={picked && 'folderId' in picked ? picked.folderId : null}
          onPick={(folderId) => onPick({ folderId })}
        />
      ) : (
        <ResourcePicker
          key={kind}
          targets={[kind]}
          picked={resourceIn(picked)}
          onPick={(resourceId) => onPick(resourceId === null ? null : { resourceId })}
        />
      )}
    </>
  )
}

function FolderPicker({ picked, onPick }: { picked: number | null; onPick: (id: number) => void }) {
  const all = useQuery(folders()).data ?? []
  return (
    <FormControl required>
      <FormControl.Label>Folder</FormControl.Label>
      <Select
        block
        placeholder="Choose a folder"
        value={picked === null ? '' : String(picked)}
        onChange={({ target }) => onPick(Number(target.value))}
      >
        {all.map(({ id, title }) => (
          <Select.Option key={id} value={String(id)}>
            {title}
          </Select.Option>
        ))}
      </Select>
    </FormControl>
  )
}
