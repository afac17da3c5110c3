import { useQuery } from '@tanstack/react-query'
import { Component, type ComponentType, lazy, type ReactNode, Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { keepCsrfToken } from './api/client.ts'
import { Failure } from './api/failure.ts'
import { session } from './api/queries.ts'
import type { Session } from './api/types.ts'
import { Failed, Loading } from './parts/answered.tsx'
import { SessionProvider } from './parts/session.tsx'
import { Shell } from './parts/shell.tsx'

const SignIn = lazy(() => import('./pages/sign-in.tsx'))
const Password = lazy(() => import('./pages/password.tsx'))
const NotFound = lazy(() => import('./pages/not-found.tsx'))

/** Every page is fetched when it is first opened. */
const pages = {
  '/controls': lazy(() => import('./pages/controls.tsx')),
  '/controls/:id': lazy(() => import('./pages/control.tsx')),
  '/policies': lazy(() => import('./pages/policies.tsx')),
  '/policies/packs': lazy(() => import('./pages/packs.tsx')),
  '/policies/pack': lazy(() => import('./pages/pack.tsx')),
  '/policies/exceptions': lazy(() => import('./pages/exceptions.tsx')),
  '/policies/folders': lazy(() => import('./pages/folders.tsx')),
  '/policies/new': lazy(() => import('./pages/new-policy-setting.tsx')),
  '/policies/type': lazy(() => import('./pages/policy-type.tsx')),
  '/enforcement': lazy(() => import('./pages/enforcement.tsx')),
  '/enforcement/:id': lazy(() => import('./pages/organization-enforcement.tsx')),
  '/resources': lazy(() => import('./pages/resources.tsx')),
  '/resources/:id': lazy(() => import('./pages/resource.tsx')),
  '/activity': lazy(() => import('./pages/activity.tsx')),
  '/deliveries': lazy(() => import('./pages/deliveries.tsx')),
  '/deliveries/:id': lazy(() => import('./pages/delivery.tsx')),
  '/connections': lazy(() => import('./pages/connections.tsx')),
  '/connections/new': lazy(() => import('./pages/connect.tsx')),
  '/connections/:id': lazy(() => import('./pages/connection.tsx')),
  '/connections/:id/doctor': lazy(() => import('./pages/doctor.tsx')),
  '/connections/:id/remove': lazy(() => import('./pages/remove.tsx')),
  '/people': lazy(() => import('./pages/people.tsx')),
  '/password': lazy(() => import('./pages/password.tsx')),
} satisfies Record<string, ComponentType<PageProps> | ComponentType>

/** What stands for a page: it is told the id that its address names. */
interface PageProps {
  readonly id: number
}

export function App() {
  const asked = useQuery({ ...session(), staleTime: 60_000 })
  if (asked.error instanceof Failure && asked.error.status === 401) return <Gate page={<SignIn />} />
  if (asked.data === undefined)
    return (
      <Gate page={asked.isError ? <Failed error={asked.error} again={() => void asked.refetch()} /> : <Loading />} />
    )
  keepCsrfToken(asked.data.csrfToken)
  return asked.data.person.mustChangePassword ? (
    <SessionProvider value={asked.data}>
      <Gate page={<Password first />} />
    </SessionProvider>
  ) : (
    <Inside session={asked.data} />
  )
}

function Gate({ page }: { page: ReactNode }) {
  return (
    <main className="gate">
      <Suspense fallback={<Loading />}>{page}</Suspense>
    </main>
  )
}

function Inside({ session: who }: { session: Session }) {
  return (
    <SessionProvider value={who}>
      <Shell>
        <Suspense fallback={<Loading />}>
          <Switch>
            <Route path="/">
              <Redirect to="/controls" replace />
            </Route>
            {Object.entries(pages).map(([path, Page]) => (
              <Route key={path} path={path}>
                {({ id }: { id?: string }) => <Opened key={id} Page={Page} id={id} />}
              </Route>
            ))}
            <Route>
              <NotFound />
            </Route>
          </Switch>
        </Suspense>
      </Shell>
    </SessionProvider>
  )
}

function Opened({ Page, id = '0' }: { Page: ComponentType<PageProps> | ComponentType; id?: string | undefined }) {
  return <Guarded>{/^\d{1,15}$/.test(id) ? <Page id={Number(id)} /> : <NotFound />}</Guarded>
}

/** A page that fails leaves the others usable. */
class Guarded extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    const { error } = this.state
    return error ? <Failed error={error} again={() => location.reload()} /> : this.props.children
  }
}
