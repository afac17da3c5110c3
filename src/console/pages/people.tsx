import { PlusIcon } from '@primer/octicons-react'
import { Button } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { openSessions, people } from '../api/queries.ts'
import { Answered } from '../parts/answered.tsx'
import { Page, Section } from '../parts/page.tsx'
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
      <Sessions query={useQuery(openSessions())} />
    </Page>
  )
}

function Everybody() {
  const query = useQuery(people())
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
      <Answered query={query}>
        {(all) => (
          <ul className="lines">
            {all.map((person) => (
              <PersonLine key={person.id} person={person} />
            ))}
          </ul>
        )}
      </Answered>
      {adding && <NewPersonDialog onClose={() => setAdding(false)} />}
    </Section>
  )
}
