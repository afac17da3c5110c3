import { FileDirectoryIcon, PlusIcon, TrashIcon } from '@primer/octicons-react'
import { Button, IconButton } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { api } from '../api/client.ts'
import { at, folders } from '../api/queries.ts'
import type { Folder } from '../api/types.ts'
import { Answered } from '../parts/answered.tsx'
import { Page } from '../parts/page.tsx'
import { PolicyPlaces } from '../parts/policy-places.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { useMayEverywhere } from '../parts/session.tsx'
import { useOrder } from '../parts/use-order.ts'
import { FolderDialog } from './folders/folder-dialog.tsx'
import { MoveOrganization } from './folders/move-organization.tsx'

/** The folders above organizations: what is set on one holds for the organizations in it and below. */
export default function Folders() {
  const query = useQuery(folders())
  const [adding, setAdding] = useState(false)
  const mayChange = useMayEverywhere('Admin')
  return (
    <Page
      title="Folders"
      crumbs={[{ text: 'Policies', href: '/policies' }]}
      lead="Places above organizations. What is set on a folder holds for the organizations in it and in the folders below."
      actions={
        mayChange && (
          <Button leadingVisual={PlusIcon} onClick={() => setAdding(true)}>
            New folder
          </Button>
        )
      }
    >
      <PolicyPlaces />
      <Answered query={query}>
        {(all) => (
          <>
            <ul className="lines box">
              {inOrder(all).map(({ folder, depth }) => (
                <Line key={folder.id} folder={folder} depth={depth} all={all} mayChange={mayChange} />
              ))}
            </ul>
            {adding && <FolderDialog folders={all} onClose={() => setAdding(false)} />}
          </>
        )}
      </Answered>
    </Page>
  )
}

/** Each below the one that it is in. */
function inOrder(all: readonly Folder[]): { folder: Folder; depth: number }[] {
  const below = (parentId: number | null, depth: number): { folder: Folder; depth: number }[] =>
    all
      .filter((folder) => folder.parentId === parentId)
      .flatMap((folder) => [{ folder, depth }, ...below(folder.id, depth + 1)])
  return below(null, 0)
}

function Line({
  folder,
  depth,
  all,
  mayChange,
}: {
  folder: Folder
  depth: number
  all: readonly Folder[]
  mayChange: boolean
}) {
  const { id, parentId, title, organizations } = folder
  const isEmpty = organizations.length === 0 && !all.some((each) => each.parentId === id)
  const remove = useOrder(() => api.folders[':id'].$delete(at(id)), {
    concerns: ['policy-setting'],
    said: `${title} is deleted.`,
  })
  return (
    <li style={{ paddingInlineStart: `${16 + depth * 24}px` }} className="stack stack-tight">
      <span className="inline">
        <FileDirectoryIcon aria-hidden />
        <strong>{title}</strong>
        {mayChange && isEmpty && parentId !== null && (
          <IconButton
            size="small"
            variant="invisible"
            icon={TrashIcon}
            aria-label={`Delete ${title}`}
            onClick={() => remove.mutate()}
          />
        )}
      </span>
      <ul className="plain stack stack-tight">
        {organizations.map(({ connectionId, login }) => (
          <li key={connectionId} className="inline">
            <Link href={`/connections/${connectionId}`} className="link">
              {login}
            </Link>
            {mayChange && all.length > 1 && (
              <MoveOrganization connectionId={connectionId} login={login} from={folder} folders={all} />
            )}
          </li>
        ))}
      </ul>
      <Refusal error={remove.error} />
    </li>
  )
}
