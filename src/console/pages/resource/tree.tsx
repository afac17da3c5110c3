import { ChevronDownIcon, ChevronRightIcon, RepoIcon } from '@primer/octicons-react'
import { IconButton, Label } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { connections, resources } from '../../api/queries.ts'
import type { ResourceRow } from '../../api/types.ts'
import { Answered, Nothing } from '../../parts/answered.tsx'
import { term } from '../../parts/filter.ts'
import { Pages } from '../../parts/pages.tsx'
import { State } from '../../parts/state.tsx'

/** Organizations, and below each what belongs to it. */
export function Tree() {
  const query = useQuery(connections())
  return (
    <Answered query={query}>
      {(all) => {
        const organizations = all.flatMap(({ organization }) => organization ?? [])
        if (organizations.length === 0) return <Empty />
        return (
          <ul className="tree box">
            {organizations.map(({ id, title, type }) => (
              <Branch key={id} node={{ id, title, type, hasChildren: true, worst: null, goneAt: null }} open />
            ))}
          </ul>
        )
      }}
    </Answered>
  )
}

function Empty() {
  return (
    <div className="box">
      <Nothing icon={RepoIcon} title="No resources yet" action={<Link href="/connections">Go to Connections</Link>}>
        They appear as soon as an organization is connected and read for the first time.
      </Nothing>
    </div>
  )
}

type Node = Pick<ResourceRow, 'id' | 'title' | 'type' | 'hasChildren' | 'worst' | 'goneAt'>

function Branch({ node, open: atFirst = false }: { node: Node; open?: boolean }) {
  const [open, setOpen] = useState(atFirst)
  return (
    <li>
      <div className="tree-line">
        {node.hasChildren ? (
          <IconButton
            icon={open ? ChevronDownIcon : ChevronRightIcon}
            variant="invisible"
            size="small"
            aria-label={open ? `Close ${node.title}` : `Open ${node.title}`}
            aria-expanded={open}
            tooltipDirection="e"
            onClick={() => setOpen(!open)}
          />
        ) : (
          <span className="tree-leaf" />
        )}
        <Link href={`/resources/${node.id}`} className="strong">
          {node.title}
        </Link>
        <span className="muted small wide-only">{node.type}</span>
        {node.goneAt && <Label size="small">Gone</Label>}
        {node.worst && (
          <span className="tree-state">
            <State state={node.worst} />
          </span>
        )}
      </div>
      {open && <Children of={node.id} />}
    </li>
  )
}

function Children({ of }: { of: number }) {
  return (
    <Pages query={resources(term('parent', of))}>
      {(nodes) => (
        <ul>
          {nodes.map((node) => (
            <Branch key={node.id} node={node} />
          ))}
          {nodes.length === 0 && <li className="tree-line muted">Nothing is recorded below it.</li>}
        </ul>
      )}
    </Pages>
  )
}
