/** All that is declared, for those who speak of it to people. */
export { controlTypes } from '../controls/index.ts'
export { binds } from '../policies/exceptions.ts'
export { policyFileSchema } from '../policies/files/json-schema.ts'
export { policyTypes } from '../policies/index.ts'
export { shippedPacks } from '../policies/packs/index.ts'
export { selectorParts, selectorShape } from '../policies/selector.ts'
export type { ConnectionData } from '../resources/connection.ts'
export { resourceTypes } from '../resources/index.ts'

/** The control that says whether events arrive. */
export const eventHandlersPath = 'GitHub > Organization > Event Handlers'
