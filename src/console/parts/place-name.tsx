import { ResourceLink } from './prose.tsx'

interface Place {
  readonly resource: { id: number; title: string } | null
  readonly folder: { title: string } | null
}

/** Where something is put: a resource with its page, or a folder. */
export const PlaceName = ({ place: { resource, folder } }: { place: Place }) =>
  resource ? <ResourceLink resource={resource} /> : <span>{folder?.title}</span>
