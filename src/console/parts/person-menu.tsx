import { KeyIcon, PersonIcon, SignOutIcon } from '@primer/octicons-react'
import { ActionList, ActionMenu, Button } from '@primer/react'
import { useMutation } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useSession } from './session.tsx'

/** Who is signed in, and what they may do about it. */
export function PersonMenu() {
  const { person } = useSession()
  const [, go] = useLocation()
  const signOut = useMutation({
    mutationFn: () => api.session.$delete(),
    // Nothing of what one person saw may be there for the next.
    onSuccess: () => queryClient.resetQueries(),
  })
  return (
    <ActionMenu>
      <ActionMenu.Anchor>
        <Button variant="invisible" leadingVisual={PersonIcon} aria-label={`Signed in as ${person.login}`}>
          <span className="wide-only">{person.login}</span>
        </Button>
      </ActionMenu.Anchor>
      <ActionMenu.Overlay align="end">
        <ActionList>
          <ActionList.Group>
            <ActionList.GroupHeading as="h2">{person.login}</ActionList.GroupHeading>
            {person.kind === 'local' && (
              <ActionList.Item onSelect={() => go('/password')}>
                <ActionList.LeadingVisual>
                  <KeyIcon />
                </ActionList.LeadingVisual>
                Change the password
              </ActionList.Item>
            )}
            <ActionList.Item onSelect={() => signOut.mutate()}>
              <ActionList.LeadingVisual>
                <SignOutIcon />
              </ActionList.LeadingVisual>
              Sign out
            </ActionList.Item>
          </ActionList.Group>
        </ActionList>
      </ActionMenu.Overlay>
    </ActionMenu>
  )
}
