/** All that is declared, for those who speak of it to people. */
export { controlTypes } from '../controls/index.ts'
export { policyTypes } from '../policies/index.ts'
export { resourceTypes } from '../resources/index.ts'
