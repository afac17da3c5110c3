import { type ReactNode, useEffect, useRef } from 'react'
import { Link } from 'wouter'

export interface Crumb {
  readonly text: string
  readonly href: string
}

let firstPage = true

/** A page: its name in the tab, and a heading that takes the focus when one came here from another page. */
export function Page({
  title,
  crumbs = [],
  lead,
  actions,
  children,
}: {
  title: string
  crumbs?: readonly Crumb[]
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Guardpost`
  }, [title])
  useEffect(() => {
    if (!firstPage) heading.current?.focus({ preventScroll: true })
    firstPage = false
    if (location.hash === '') scrollTo(0, 0)
  }, [])
  return (
    <>
      <header className="page-head">
        {crumbs.length > 0 && <Crumbs crumbs={crumbs} />}
        <div className="page-title">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {actions && <div className="page-actions">{actions}</div>}
        </div>
        {lead && <div className="page-lead">{lead}</div>}
      </header>
      {children}
    </>
  )
}

function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Where this is" className="crumbs">
      <ol>
        {crumbs.map(({ text, href }) => (
          <li key={href}>
            <Link href={href}>{text}</Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** One box of a page, with a heading of its own. */
export function Section({
  title,
  note,
  actions,
  children,
  bare = false,
}: {
  title: string
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
  bare?: boolean
}) {
  const id = `section-${title.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`
  return (
    <section className={bare ? 'section' : 'section box'} aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        {note && <span className="muted">{note}</span>}
        {actions && <div className="section-actions">{actions}</div>}
      </div>
      {children}
    </section>
  )
}
