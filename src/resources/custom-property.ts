import { z } from 'zod'
import type { Json } from '../model/resource.ts'
import type { ReadContext } from '../model/resource-type.ts'
import { defineResource, flag, json, text } from '../model/resource-type.ts'
import { wholeList } from './whole-list.ts'

export interface CustomPropertyData {
  propertyName: string
  valueType: string
  required: boolean
  defaultValue: Json
  description: string | null
  allowedValues: readonly string[] | null
  valuesEditableBy: string | null
}

/** What the organization wants to be said of each repository. */
export const customProperty = defineResource<CustomPropertyData>({
  type: 'GitHub > Custom Property',
  view: 'github_custom_property',
  parent: 'GitHub > Organization',
  needs: { organization_custom_properties: 'read' },
  optional: true,
  rhythm: 86_400_000,
  fields: {
    propertyName: text.from('custom_property', 'Its name.'),
    valueType: text.from('custom_property', '`string`, `single_select`, `multi_select`, `true_false` or `url`.'),
    required: flag.from('custom_property', 'Every repository has a value.'),
    defaultValue: json.from('custom_property', 'The value of a repository that was given none.'),
    description: text.from('custom_property', 'What it is for.'),
    allowedValues: json.from('custom_property', 'What may be chosen.'),
    valuesEditableBy: text.from('custom_property', '`org_actors` or `org_and_repo_actors`.'),
  },
  title: ({ propertyName }) => (propertyName ? `custom property ${propertyName}` : 'a custom property'),

  fromEvent: {
    custom_property: (_payload, { organizationNodeId }) => [{ kind: 'prompt', nodeId: organizationNodeId }],
  },

  ...wholeList<CustomPropertyData>(pages, 'GitHub no longer lists it'),
})

async function* pages({ connection, github }: ReadContext) {
  const { data } = await github.get('GET /orgs/{org}/properties/schema', { org: connection.login })
  const seen = z.array(property).parse(data).map(fromApi)
  yield { seen, next: null, total: seen.length }
}

const fromApi = (said: z.infer<typeof property>) => ({
  kind: 'seen' as const,
  nodeId: `custom-property:${said.property_name}`,
  data: {
    propertyName: said.property_name,
    valueType: said.value_type,
    required: said.required ?? false,
    defaultValue: said.default_value ?? null,
    description: said.description || null,
    allowedValues: said.allowed_values ?? null,
    valuesEditableBy: said.values_editable_by ?? null,
  },
})

const property = z.object({
  property_name: z.string(),
  value_type: z.string(),
  required: z.boolean().optional(),
  default_value: z.union([z.string(), z.array(z.string())]).nullish(),
  description: z.string().nullish(),
  allowed_values: z.array(z.string()).nullish(),
  values_editable_by: z.string().nullish(),
})
