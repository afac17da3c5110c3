import { Link, useLocation } from 'wouter'

const places = [
  { href: '/policies', text: 'Types and settings' },
  { href: '/policies/packs', text: 'Packs' },
  { href: '/policies/exceptions', text: 'Exceptions' },
  { href: '/policies/folders', text: 'Folders' },
] as const

/** The pages about policies, side by side. */
export function PolicyPlaces() {
  const [path] = useLocation()
  return (
    <nav className="places" aria-label="About policies">
      <ul>
        {places.map(({ href, text }) => (
          <li key={href}>
            <Link href={href} {...(path === href && { 'aria-current': 'page' as const })}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
