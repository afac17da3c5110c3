import { ShieldCheckIcon } from '@primer/octicons-react'
import { type ReactNode, useEffect } from 'react'
import { Link, useLocation } from 'wouter'
import { listen, useLiveness } from '../api/live.ts'
import { PhoneMenu, Tabs } from './navigation.tsx'
import { PersonMenu } from './person-menu.tsx'
import { ThemeMenu } from './theme-menu.tsx'

/** What stands around every page for somebody who is signed in. */
export function Shell({ children }: { children: ReactNode }) {
  const [path] = useLocation()
  useEffect(listen, [])
  useEffect(focusFilterBySlash, [])
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="top">
        <div className="top-row">
          <PhoneMenu path={path} />
          <Link href="/controls" className="brand">
            <ShieldCheckIcon size={24} aria-hidden />
            Guardpost
          </Link>
          <span className="top-space" />
          <Liveness />
          <ThemeMenu />
          <PersonMenu />
        </div>
        <Tabs path={path} />
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  )
}

const words = { connecting: 'Connecting', live: 'Live', reconnecting: 'Reconnecting' } as const
const meanings = {
  connecting: 'Asking Guardpost to tell of changes as they happen.',
  live: 'Changes show here as they happen.',
  reconnecting: 'What is shown may be out of date until Guardpost answers again.',
} as const

function Liveness() {
  const liveness = useLiveness()
  return (
    <span className={`liveness liveness-${liveness}`} title={meanings[liveness]} role="status">
      {words[liveness]}
    </span>
  )
}

/** GitHub's own key for its search boxes. */
function focusFilterBySlash(): () => void {
  const onKey = (event: KeyboardEvent) => {
    const { target } = event
    const isTyping = target instanceof HTMLElement && target.closest('input, textarea, select, [role=menu], dialog')
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return
    const filter = document.querySelector<HTMLInputElement>('input[data-filter]')
    if (filter === null) return
    event.preventDefault()
    filter.select()
  }
  document.addEventListener('keydown', onKey)
  return () => document.removeEventListener('keydown', onKey)
}
