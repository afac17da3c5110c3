import { FormControl, Radio, RadioGroup } from '@primer/react'
import { useState } from 'react'
import type { PolicyAnswer, PolicyType } from '../../api/types.ts'
import { AnswerField } from './answer-field.tsx'
import { ExpressionField } from './expression-field.tsx'

/** What a setting answers, as the API takes it. */
export type Answer = { readonly value: PolicyAnswer } | { readonly expression: string }

const ways = [
  { way: 'value', label: 'A value' },
  { way: 'expression', label: 'An expression' },
] as const

/** A value, or an expression that gives one. Whoever goes from one to the other and back finds what they had. */
export function AnswerOrExpression({
  type,
  onAnswer,
}: {
  type: PolicyType
  onAnswer: (answer: Answer | null) => void
}) {
  const [way, setWay] = useState<(typeof ways)[number]['way']>('value')
  const [value, setValue] = useState<PolicyAnswer | null>(null)
  const [expression, setExpression] = useState('')
  const tell = (of: typeof way, value: PolicyAnswer | null, expression: string) => {
    if (of === 'value') onAnswer(value === null || value.length === 0 ? null : { value })
    else onAnswer(expression.trim() === '' ? null : { expression })
  }
  return (
    <>
      <RadioGroup name="way">
        <RadioGroup.Label>Answer</RadioGroup.Label>
        {ways.map((each) => (
          <FormControl key={each.way}>
            <Radio
              value={each.way}
              checked={way === each.way}
              onChange={() => {
                setWay(each.way)
                tell(each.way, value, expression)
              }}
            />
            <FormControl.Label>{each.label}</FormControl.Label>
          </FormControl>
        ))}
      </RadioGroup>
      {way === 'value' ? (
        <AnswerField
          type={type}
          value={value}
          onValue={(next) => {
            setValue(next)
            tell(way, next, expression)
          }}
        />
      ) : (
        <ExpressionField
          type={type}
          text={expression}
          onText={(next) => {
            setExpression(next)
            tell(way, value, next)
          }}
        />
      )}
    </>
  )
}
