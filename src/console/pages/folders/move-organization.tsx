import { ActionList, ActionMenu } from '@primer/react'
import { api, told } from '../../api/client.ts'
import { at } from '../../api/queries.ts'
import type { Folder } from '../../api/types.ts'
import { Refusal } from '../../parts/refusal.tsx'
import { useOrder } from '../../parts/use-order.ts'

/** Puts an organization into another folder; what is asked of it may change at once. */
export function MoveOrganization({
  connectionId,
  login,
  from,
  folders,
}: {
  connectionId: number
  login: string
  from: Folder
  folders: readonly Folder[]
}) {
  const move = useOrder(
    (folderId: number) => told(api.connections[':id'].folder.$put({ ...at(connectionId), json: { folderId } })),
    { concerns: ['policy-setting', 'control', 'enforcement'], said: `${login} is moved.` },
  )
  return (
    <>
      <ActionMenu>
        <ActionMenu.Button size="small" aria-label={`Move ${login}`}>
          Move
        </ActionMenu.Button>
        <ActionMenu.Overlay>
          <ActionList>
            {folders
              .filter(({ id }) => id !== from.id)
              .map(({ id, title }) => (
                <ActionList.Item key={id} onSelect={() => move.mutate(id)}>
                  {title}
                </ActionList.Item>
              ))}
          </ActionList>
        </ActionMenu.Overlay>
      </ActionMenu>
      <Refusal error={move.error} />
    </>
  )
}
