import type { Repository } from './repository.ts'

/** Values of the organization's properties, as far as the repository has any: its own, else the default. */
export const propertyValues = ({ organization, customProperties }: Repository) =>
  [...organization.customProperties.values()].map(({ name, defaultValue }) => ({
    property_name: name,
    value: customProperties.get(name) ?? defaultValue,
  }))
