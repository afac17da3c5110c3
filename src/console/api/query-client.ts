import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { Failure } from './failure.ts'

/** A session that ended shows at once, whatever was asked: the sign-in page follows from the session's own query. */
const seeWhetherSignedOut = (error: Error, key?: readonly unknown[]): void => {
  const isSessionItself = key?.[0] === 'session'
  // Who is signing in is signed out already, and must keep what the page says about it.
  const wasSignedIn = queryClient.getQueryData(['session']) !== undefined
  if (error instanceof Failure && error.status === 401 && wasSignedIn && !isSessionItself)
    void queryClient.invalidateQueries({ queryKey: ['session'] })
}

/** Only what may pass by itself is asked again: the server is not there, or is busy. */
const mayPass = (error: Error): boolean =>
  !(error instanceof Failure) || error.status === 0 || error.status === 429 || error.status === 503

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => seeWhetherSignedOut(error, query.queryKey) }),
  mutationCache: new MutationCache({ onError: (error) => seeWhetherSignedOut(error) }),
  defaultOptions: {
    queries: { staleTime: 15_000, retry: (count, error) => count < 2 && mayPass(error) },
    mutations: { retry: false },
  },
})
