import type { PolicyType } from '../model/policy.ts'

const path = 'GitHub > Organization > Reporting'

/** Which repository check runs and issues go to. */
export const reportingRepository: PolicyType = {
  path: `${path} > Repository`,
  question: 'The name of the repository that reports go to; `Automatic` is `.github-private`, else `.github`.',
  kind: 'text',
  reserved: true,
  default: () => 'Automatic',
}

/** What protection is missing is nobody else's business, unless the organization says otherwise. */
export const publicDetail: PolicyType = {
  path: `${path} > Detail in Public`,
  question: 'What a report in a public repository tells.',
  kind: 'choice',
  values: ['State only', 'Everything'],
  reserved: true,
  default: () => 'State only',
}
