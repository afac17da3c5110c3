/** GitHub's words for GitHub Enterprise Cloud, of today and before. */
export const isEnterprise = (plan: string): boolean => /^(enterprise|business)/.test(plan)
