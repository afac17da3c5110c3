import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'

interface Panel {
  readonly name: string
  readonly label: string
  readonly page: ReactNode
}

/** Several views of one thing, each with its own address. */
export function Panels({ tabs, shown }: { tabs: readonly Panel[]; shown: string }) {
  const [path] = useLocation()
  const current = tabs.find(({ name }) => name === shown) ?? tabs[0]
  return (
    <>
      <nav className="panels" aria-label="Views">
        <ul>
          {tabs.map(({ name, label }) => (
            <li key={name}>
              <Link
                href={`${path}?tab=${name}`}
                className="tab"
                {...(name === current?.name && { 'aria-current': 'page' as const })}
              >
                <span data-text={label}>{label}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {current?.page}
    </>
  )
}
