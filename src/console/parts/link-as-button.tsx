import { LinkButton, type LinkButtonProps } from '@primer/react'
import { useLocation } from 'wouter'

/** A link to another page that looks like a button. */
export function LinkAsButton({ href, ...look }: LinkButtonProps & { href: string }) {
  const [, go] = useLocation()
  return (
    <LinkButton
      {...look}
      href={href}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        go(href)
      }}
    />
  )
}
