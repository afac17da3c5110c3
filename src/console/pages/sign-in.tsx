import { MarkGithubIcon, ShieldCheckIcon } from '@primer/octicons-react'
import { Button, FormControl, LinkButton, TextInput } from '@primer/react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../api/client.ts'
import { waysToSignIn } from '../api/queries.ts'
import { queryClient } from '../api/query-client.ts'
import { Answered } from '../parts/answered.tsx'
import { Refusal } from '../parts/refusal.tsx'

/** By a password kept here, or with GitHub. Afterwards one is where one wanted to be. */
export default function SignIn() {
  const ways = useQuery(waysToSignIn())
  useEffect(() => {
    document.title = 'Sign in · Guardpost'
  }, [])
  return (
    <>
      <div className="gate-brand">
        <ShieldCheckIcon size={48} aria-hidden />
        <h1>Sign in to Guardpost</h1>
      </div>
      <div className="box gate-box">
        <Answered query={ways}>
          {({ password, github }) => (
            <>
              {password && <ByPassword />}
              {password && github && <span className="or">or</span>}
              {github && (
                <LinkButton href={github} block leadingVisual={MarkGithubIcon}>
                  Sign in with GitHub
                </LinkButton>
              )}
            </>
          )}
        </Answered>
      </div>
    </>
  )
}

function ByPassword() {
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => api.session.$post({ json: { login, password } }),
    onSuccess: () => queryClient.resetQueries(),
  })
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        signIn.mutate()
      }}
    >
      <Refusal error={signIn.error} />
      <FormControl required>
        <FormControl.Label>Name</FormControl.Label>
        <TextInput
          block
          autoFocus
          autoComplete="username"
          autoCapitalize="none"
          value={login}
          onChange={({ target }) => setLogin(target.value)}
        />
      </FormControl>
      <FormControl required>
        <FormControl.Label>Password</FormControl.Label>
        <TextInput
          block
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
      </FormControl>
      <Button type="submit" variant="primary" block disabled={signIn.isPending}>
        Sign in
      </Button>
    </form>
  )
}
