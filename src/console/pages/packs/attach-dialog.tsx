import { Dialog } from '@primer/react'
import { useState } from 'react'
import { api, told } from '../../api/client.ts'
import type { NewPolicyAttachment, NewSelector, PolicyPack } from '../../api/types.ts'
import { PolicyPlanned } from '../../parts/policy-plan.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { useOrder } from '../../parts/use-order.ts'
import { type PickedPlace, PlacePicker, useHoldsRepositories } from '../policies/place-picker.tsx'
import { SelectorFields } from '../policies/selector-fields.tsx'

/** Attaches a pack to a place, for all below it or for some. */
export function AttachDialog({ pack: { name }, onClose }: { pack: PolicyPack; onClose: () => void }) {
  const [place, setPlace] = useState<PickedPlace | null>(null)
  const [selector, setSelector] = useState<NewSelector | null>(null)
  const mayBeSome = useHoldsRepositories(place)
  const attach = useOrder((json: NewPolicyAttachment) => told(api['policy-attachments'].$post({ json })), {
    concerns: ['policy-setting', 'control', 'enforcement'],
    said: 'The pack is attached.',
  })
  const asked = place && { pack: name, ...place, ...(mayBeSome && selector && { selector }) }
  const submit = () => asked && attach.mutate(asked, { onSuccess: onClose })
  return (
    <Dialog
      title={`Attach ${name}`}
      subtitle="It holds there and for all below, from now on for whoever comes later as well."
      onClose={onClose}
      footerButtons={[
        { content: 'Cancel', onClick: onClose },
        { content: 'Attach', buttonType: 'primary', disabled: place === null || attach.isPending, onClick: submit },
      ]}
    >
      <div className="stack">
        <Refusal error={attach.error} />
        <PlacePicker picked={place} onPick={setPlace} />
        {mayBeSome && <SelectorFields selector={selector} onSelector={setSelector} />}
        {asked && <PolicyPlanned request={{ attachment: asked }} />}
      </div>
    </Dialog>
  )
}
