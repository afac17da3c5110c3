/** What an organization's settings (Personal access tokens, Authentication security) ask of tokens and callers. */
export interface OrganizationPolicies {
  classicTokens: 'allowed' | 'forbidden'
  fineGrainedTokens: 'allowed' | 'forbidden'
  /** Days from a token's creation to its end; null for as long as one likes. */
  maxTokenLifetimeDays: number | null
  /** Members' classic tokens need a single sign-on. Fine-grained ones had theirs when they were made. */
  samlEnforced: boolean
  /** On, and the callers of this simulator are not on the list. */
  ipAllowList: boolean
}

export const newOrganizationPolicies = (): OrganizationPolicies => ({
  classicTokens: 'allowed',
  fineGrainedTokens: 'allowed',
  maxTokenLifetimeDays: null,
  samlEnforced: false,
  ipAllowList: false,
})
