import { z } from 'zod'
import type { PolicyType } from '../../model/policy.ts'
import { policyFileShape } from './shape.ts'

type Schema = { [key: string]: unknown }

/**
 * The JSON Schema of policy files, for editors: it completes paths and values, and says what each policy decides.
 * https://json-schema.org/draft/2020-12
 */
export function policyFileSchema(types: Iterable<PolicyType>): Schema {
  const settable = [...types].filter(({ reserved }) => !reserved)
  const { $schema, ...shape } = z.toJSONSchema(policyFileShape, { io: 'input', override: referring })
  const policy = { oneOf: settable.map(({ path, question }) => ({ const: path, description: question })) }
  return { $schema, title: 'Policy file of Guardpost', ...shape, $defs: { policy, answer: answerOf(settable) } }
}

/** Wherever a policy is answered, the policies and their answers are those that there are. */
function referring({ jsonSchema }: { jsonSchema: Schema }): void {
  // The format says it, and the pattern of all leap years is of no use to people.
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
  const { properties } = jsonSchema as { properties?: Schema }
  if (!properties?.policy || !properties.value) return
  properties.policy = { $ref: '#/$defs/policy' }
  properties.value = { description: 'The answer.', type: ['string', 'number', 'array'] }
  jsonSchema.oneOf = [{ required: ['value'] }, { required: ['expression'] }]
  jsonSchema.allOf = [{ $ref: '#/$defs/answer' }]
}

const answerOf = (types: readonly PolicyType[]): Schema => ({
  allOf: types.map((type) => ({
    if: { properties: { policy: { const: type.path } } },
    // biome-ignore lint/suspicious/noThenProperty: it is the word of JSON Schema.
    then: { properties: { value: valueSchema(type) } },
  })),
})

function valueSchema({ kind, values, mayBeEmpty }: PolicyType): Schema {
  const one = values ? { enum: values } : { type: ['string', 'number'] }
  return kind === 'list' ? { type: 'array', items: one, minItems: mayBeEmpty ? 0 : 1 } : one
}
