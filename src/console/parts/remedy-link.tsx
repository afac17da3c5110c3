import { LinkExternalIcon } from '@primer/octicons-react'

/** Where on GitHub something is mended; null: GitHub has no such page. */
export function RemedyLink({ url }: { url: string | null }) {
  if (url === null) return null
  return (
    <a href={url} target="_blank" rel="noreferrer" className="link">
      Open the page where it is done <LinkExternalIcon size={12} aria-hidden />
      <span className="only-read"> (in a new tab)</span>
    </a>
  )
}
