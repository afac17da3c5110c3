import { PlusIcon } from '@primer/octicons-react'
import { LinkAsButton } from './link-as-button.tsx'
import { useMaySomewhere } from './session.tsx'

/** To **New policy setting**, with what is known of it already. */
export function NewSettingLink({ type, resource }: { type?: string; resource?: number }) {
  const known = new URLSearchParams({ ...(type && { type }), ...(resource && { resource: String(resource) }) })
  if (!useMaySomewhere('Operator')) return null
  return (
    <LinkAsButton href={`/policies/new${known.size > 0 ? `?${known}` : ''}`} variant="primary" leadingVisual={PlusIcon}>
      New policy setting
    </LinkAsButton>
  )
}
