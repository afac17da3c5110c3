import { FormControl, Textarea } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { expressionCheck } from '../../api/queries.ts'
import type { PolicyType } from '../../api/types.ts'
import { useSettled } from '../../parts/use-settled.ts'

/** An expression that answers a policy, checked while it is written. */
export function ExpressionField({
  type,
  text,
  onText,
}: {
  type: PolicyType
  text: string
  onText: (text: string) => void
}) {
  const check = useExpressionCheck(type, text)
  const fault = check.data?.fault
  return (
    <div className="stack">
      <FormControl required>
        <FormControl.Label>Expression</FormControl.Label>
        <Textarea
          block
          rows={3}
          maxLength={2_000}
          spellCheck={false}
          value={text}
          onChange={({ target }) => onText(target.value)}
        />
        <FormControl.Caption>
          CEL over {variablesOf(type)}, e.g. <code>{exampleOf(type)}</code>
        </FormControl.Caption>
        {fault && (
          <FormControl.Validation variant="error">
            Line {fault.line}, column {fault.column}: {fault.reason}
          </FormControl.Validation>
        )}
        {check.error && <FormControl.Validation variant="error">{check.error.message}</FormControl.Validation>}
      </FormControl>
      <div aria-live="polite">{fault && <pre className="small">{fault.marked}</pre>}</div>
    </div>
  )
}

/** What is wrong with an expression, once nobody has typed for a moment. */
export function useExpressionCheck({ path }: PolicyType, text: string) {
  const settled = useSettled(text)
  return useQuery({
    ...expressionCheck(path, settled),
    enabled: settled.trim() !== '',
    placeholderData: (before) => before,
  })
}

const isOfOrganization = ({ path }: PolicyType) => path.startsWith('GitHub > Organization > ')

const variablesOf = (type: PolicyType) =>
  isOfOrganization(type) ? (
    <code>organization</code>
  ) : (
    <>
      <code>resource</code> and those above it, such as <code>organization</code>
    </>
  )

function exampleOf(type: PolicyType): string {
  const [first = 'Skip', second = first] = type.values ?? []
  const [one, other] = type.kind === 'list' ? [`['${first}']`, `['${second}']`] : [`'${first}'`, `'${second}'`]
  return `${isOfOrganization(type) ? "organization.login == 'acme'" : 'resource.isArchived'} ? ${one} : ${other}`
}
