import { PlusIcon } from '@primer/octicons-react'
import { Button } from '@primer/react'
import { useState } from 'react'
import { people } from '../api/queries.ts'
import { Page, Section } from '../parts/page.tsx'
import { Pages } from '../parts/pages.tsx'
import { useMaySomewhere } from '../parts/session.tsx'
import { NewPersonDialog } from './people/new-person-dialog.tsx'
import { PersonLine } from './people/person-line.tsx'
import { Sessions } from './people/sessions.tsx'

/** Who may sign in, what each may do where, and where they are signed in now. */
export default function People() {
  const mayGrant = useMaySomewhere('Owner')
  return (
    <Page title="People" lead="Who may sign in, and what each may do where. A role holds at a place and below it.">
      {mayGrant && <Everybody />}
      <Sessions />
    </Page>
  )
}

function Everybody() {
  const [adding, setAdding] = useState(false)
  return (
    <Section
      title="People"
      actions={
        <Button size="small" leadingVisual={PlusIcon} onClick={() => setAdding(true)}>
          Add a person
        </Button>
      }
    >
      <Pages query={people()}>
        {(all) => (
          <ul className="lines">
            {all.map((person) => (
              <PersonLine key={person.id} person={person} />
            ))}
          </ul>
        )}
      </Pages>
      {adding && <NewPersonDialog onClose={() => setAdding(false)} />}
    </Section>
  )
}
