import { PackageIcon } from '@primer/octicons-react'
import { Label } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { policyPacks } from '../api/queries.ts'
import type { PolicyPack } from '../api/types.ts'
import { Answered, Nothing } from '../parts/answered.tsx'
import { Page } from '../parts/page.tsx'
import { PolicyPlaces } from '../parts/policy-places.tsx'
import { Words } from '../parts/prose.tsx'

/** Every policy pack: named sets of settings, to be attached where they shall hold. */
export default function Packs() {
  const query = useQuery(policyPacks())
  return (
    <Page
      title="Policy packs"
      crumbs={[{ text: 'Policies', href: '/policies' }]}
      lead="Named sets of settings. Attached to a place, a pack holds there and for all below it."
    >
      <PolicyPlaces />
      <Answered query={query}>
        {(packs) =>
          packs.length === 0 ? (
            <div className="box">
              <Nothing icon={PackageIcon} title="No policy pack">
                `guardpost packs` and policy files make them.
              </Nothing>
            </div>
          ) : (
            <ul className="lines box">
              {packs.map((pack) => (
                <Line key={`${pack.id} ${pack.name}`} pack={pack} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Page>
  )
}

function Line({ pack: { id, name, title, description, settings } }: { pack: PolicyPack }) {
  return (
    <li className="group group-policy">
      <div>
        <span className="inline">
          <Link href={packPage({ id, name })} className="strong">
            {name}
          </Link>
          {id === null && <Label size="small">Shipped</Label>}
        </span>
        <span className="cell-sub">
          <Words text={description || title} />
        </span>
      </div>
      <span className="muted small">
        {settings.length} {settings.length === 1 ? 'setting' : 'settings'}
      </span>
    </li>
  )
}

/** Those that Guardpost ships have no id. */
const packPage = ({ id, name }: Pick<PolicyPack, 'id' | 'name'>): string =>
  `/policies/pack?${new URLSearchParams(id === null ? { name } : { id: String(id) })}`
