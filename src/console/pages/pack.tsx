import { PlusIcon } from '@primer/octicons-react'
import { Button } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { policyPacks } from '../api/queries.ts'
import type { PolicyPack } from '../api/types.ts'
import { Answered } from '../parts/answered.tsx'
import { Page, Section } from '../parts/page.tsx'
import { PrecedenceLabel } from '../parts/precedence-label.tsx'
import { Answer, Words } from '../parts/prose.tsx'
import { useMaySomewhere } from '../parts/session.tsx'
import NotFound from './not-found.tsx'
import { AttachDialog } from './packs/attach-dialog.tsx'
import { Attachments } from './packs/attachments.tsx'

/** One policy pack: what it asks, and where it is attached. */
export default function Pack() {
  const [query] = useSearchParams()
  const packs = useQuery(policyPacks())
  return (
    <Answered query={packs}>
      {(all) => {
        const pack = all.find(({ id, name }) =>
          id === null ? query.get('name') === name : query.get('id') === String(id),
        )
        return pack ? <Shown pack={pack} /> : <NotFound />
      }}
    </Answered>
  )
}

function Shown({ pack }: { pack: PolicyPack }) {
  const [attaching, setAttaching] = useState(false)
  const mayAttach = useMaySomewhere('Operator')
  const { name, title, description, settings, origin, setBy } = pack
  return (
    <Page
      title={name}
      crumbs={[
        { text: 'Policies', href: '/policies' },
        { text: 'Packs', href: '/policies/packs' },
      ]}
      lead={
        <>
          <Words text={[title, description].filter(Boolean).join(' ')} />
          {origin && ` From ${origin.file}, line ${origin.line}.`}
          {!origin && setBy && ` Made by ${setBy}.`}
        </>
      }
      actions={
        mayAttach && (
          <Button variant="primary" leadingVisual={PlusIcon} onClick={() => setAttaching(true)}>
            Attach
          </Button>
        )
      }
    >
      <Section title="Settings">
        <ul className="lines">
          {settings.map((rule) => (
            <Rule key={rule.path} rule={rule} />
          ))}
        </ul>
      </Section>
      <Attachments pack={name} />
      {attaching && <AttachDialog pack={pack} onClose={() => setAttaching(false)} />}
    </Page>
  )
}

function Rule({ rule: { path, value, precedence, note } }: { rule: PolicyPack['settings'][number] }) {
  return (
    <li>
      <Link href={`/policies/type?${new URLSearchParams({ path })}`} className="strong">
        {path}
      </Link>
      <span className="inline">
        <Answer answer={value} />
        <PrecedenceLabel precedence={precedence} />
      </span>
      {note && <span className="cell-sub">{note}</span>}
    </li>
  )
}
