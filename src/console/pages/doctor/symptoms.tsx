import { CheckIcon, PulseIcon, QuestionIcon, XIcon } from '@primer/octicons-react'
import type { Examination } from '../../api/types.ts'
import { Nothing } from '../../parts/answered.tsx'
import { Section } from '../../parts/page.tsx'
import { Words } from '../../parts/prose.tsx'
import { RemedyLink } from '../../parts/remedy-link.tsx'
import { Time } from '../../parts/time.tsx'

type Symptom = Examination['symptoms'][number]

const looks = {
  wrong: { look: 'error', title: 'Wrong', icon: <XIcon aria-label="Wrong" /> },
  unknown: { look: 'tbd', title: 'Not known', icon: <QuestionIcon aria-label="Not known" /> },
  ok: { look: 'ok', title: 'Well', icon: <CheckIcon aria-label="Well" /> },
} as const

const levels = ['wrong', 'unknown', 'ok'] as const

/** What was found, the worst first. */
export function Symptoms({ examination: { startedAt, endedAt, symptoms } }: { examination: Examination }) {
  if (startedAt === null)
    return (
      <div className="box section">
        <Nothing icon={PulseIcon} title="Nobody has asked the doctor yet">
          It takes some seconds. Database and disk are looked at by <code>guardpost doctor</code> on the server.
        </Nothing>
      </div>
    )
  if (endedAt === null) return <p className="muted">It takes some seconds; a ping that does not come, 15 more.</p>
  return (
    <>
      <p className="muted" role="status">
        {inOneSentence(symptoms)} Looked at <Time at={endedAt} />.
      </p>
      {levels.map((level) => (
        <OfLevel key={level} level={level} symptoms={symptoms.filter((each) => each.level === level)} />
      ))}
    </>
  )
}

function inOneSentence(symptoms: readonly Symptom[]): string {
  const wrong = symptoms.filter(({ level }) => level === 'wrong').length
  if (wrong === 0) return 'Nothing is wrong.'
  return wrong === 1 ? 'One thing is wrong.' : `${wrong} things are wrong.`
}

function OfLevel({ level, symptoms }: { level: Symptom['level']; symptoms: readonly Symptom[] }) {
  if (symptoms.length === 0) return null
  return (
    <Section title={looks[level].title} note={symptoms.length}>
      <ul className="lines">
        {symptoms.map((symptom) => (
          <Line key={`${symptom.about} ${symptom.found}`} symptom={symptom} />
        ))}
      </ul>
    </Section>
  )
}

function Line({ symptom: { about, found, level, remedy } }: { symptom: Symptom }) {
  return (
    <li>
      <span className={`state state-${looks[level].look}`}>
        {looks[level].icon} <Words text={about} />
      </span>
      <span className="cell-sub">
        <Words text={found} />
      </span>
      {remedy && <WhatToDo remedy={remedy} />}
    </li>
  )
}

function WhatToDo({ remedy: { who, action, url } }: { remedy: NonNullable<Symptom['remedy']> }) {
  return (
    <span className="cell-sub inline">
      <span>
        What to do ({who}): <Words text={action} />
      </span>
      <RemedyLink url={url} />
    </span>
  )
}
