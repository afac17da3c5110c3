import { type By, senderOf } from './by.ts'
import { emit } from './emit.ts'
import type { Organization } from './organization.ts'
import { propertyValues } from './property-values.ts'
import type { Repository } from './repository.ts'
import type { World } from './world.ts'

export interface CustomProperty {
  readonly name: string
  readonly valueType: 'string' | 'single_select' | 'true_false'
  readonly required: boolean
  readonly defaultValue: string | null
  readonly allowedValues: readonly string[] | null
}

export type CustomPropertyDraft = Pick<CustomProperty, 'name'> & Partial<CustomProperty>

export function defineProperty(
  world: World,
  organization: Organization,
  { sender, ...draft }: CustomPropertyDraft & By,
): void {
  const action = organization.customProperties.has(draft.name) ? 'updated' : 'created'
  const property = { valueType: 'string', required: false, defaultValue: null, allowedValues: null, ...draft } as const
  organization.customProperties.set(draft.name, property)
  tell(world, organization, action, propertyObject(world, organization, property), { sender })
}

export function removeProperty(world: World, organization: Organization, name: string, by?: By): void {
  organization.customProperties.delete(name)
  for (const { customProperties } of organization.repositories.values()) customProperties.delete(name)
  tell(world, organization, 'deleted', { property_name: name }, by)
}

const tell = (world: World, organization: Organization, action: string, definition: object, by?: By): void =>
  void emit(world, {
    event: 'custom_property',
    action,
    organization,
    sender: senderOf(world, organization, by),
    says: { definition },
  })

export const propertyObject = (world: World, { login }: Organization, property: CustomProperty) => ({
  property_name: property.name,
  url: `${world.urls.api}/orgs/${login}/properties/schema/${property.name}`,
  source_type: 'organization',
  value_type: property.valueType,
  required: property.required,
  default_value: property.defaultValue,
  description: null,
  allowed_values: property.allowedValues,
  values_editable_by: 'org_actors',
})

export function setProperties(
  world: World,
  repository: Repository,
  values: Readonly<Record<string, string | null>>,
  by?: By,
): void {
  const before = propertyValues(repository)
  for (const [name, value] of Object.entries(values))
    if (value === null) repository.customProperties.delete(name)
    else repository.customProperties.set(name, value)
  const { organization } = repository
  const sender = senderOf(world, organization, by)
  const says = { new_property_values: propertyValues(repository), old_property_values: before }
  void emit(world, { event: 'custom_property_values', action: 'updated', organization, repository, sender, says })
}
