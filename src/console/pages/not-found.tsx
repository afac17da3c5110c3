import { TelescopeIcon } from '@primer/octicons-react'
import { Link } from 'wouter'
import { Nothing } from '../parts/answered.tsx'
import { Page } from '../parts/page.tsx'

export default function NotFound() {
  return (
    <Page title="Not found">
      <div className="box">
        <Nothing
          icon={TelescopeIcon}
          title="There is nothing here"
          action={<Link href="/controls">Go to Controls</Link>}
        >
          Either the address is wrong, or what was there is gone, or you may not see it.
        </Nothing>
      </div>
    </Page>
  )
}
