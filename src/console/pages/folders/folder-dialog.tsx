import { Dialog, FormControl, Select, TextInput } from '@primer/react'
import { useState } from 'react'
import { api, told } from '../../api/client.ts'
import type { Folder, NewFolder } from '../../api/types.ts'
import { Refusal } from '../../parts/refusal.tsx'
import { useOrder } from '../../parts/use-order.ts'

/** Makes a folder in another one. */
export function FolderDialog({ folders, onClose }: { folders: readonly Folder[]; onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [parentId, setParentId] = useState(folders.find((folder) => folder.parentId === null)?.id ?? 1)
  const make = useOrder((json: NewFolder) => told(api.folders.$post({ json })), {
    concerns: ['policy-setting'],
    said: 'The folder is made.',
  })
  return (
    <Dialog
      title="New folder"
      onClose={onClose}
      footerButtons={[
        { content: 'Cancel', onClick: onClose },
        {
          content: 'Create',
          buttonType: 'primary',
          disabled: title.trim() === '' || make.isPending,
          onClick: () => make.mutate({ title: title.trim(), parentId }, { onSuccess: onClose }),
        },
      ]}
    >
      <div className="stack">
        <Refusal error={make.error} />
        <FormControl required>
          <FormControl.Label>Title</FormControl.Label>
          <TextInput block maxLength={200} value={title} onChange={({ target }) => setTitle(target.value)} />
        </FormControl>
        <FormControl>
          <FormControl.Label>In</FormControl.Label>
          <Select block value={String(parentId)} onChange={({ target }) => setParentId(Number(target.value))}>
            {folders.map((folder) => (
              <Select.Option key={folder.id} value={String(folder.id)}>
                {folder.title}
              </Select.Option>
            ))}
          </Select>
        </FormControl>
      </div>
    </Dialog>
  )
}
