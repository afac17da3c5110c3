import { repositoryVisibility } from '../../../src/controls/repository/visibility.ts'
import { judges } from '../judges.ts'
import { repositorySaying } from '../saying.ts'

const says = (visibility: string) => ({ visibility })
const patch = (visibility: string) => ({ 'PATCH /repos/{owner}/{repo}': { owner: 'acme', repo: 'web', visibility } })

judges(repositoryVisibility, repositorySaying, [
  ['Private', says('PRIVATE'), 'ok: Visibility: Private.'],
  ['Private', says('PUBLIC'), 'alarm: Visibility: Public, not Private.', patch('private')],
  ['Private', says('INTERNAL'), 'alarm: Visibility: Internal, not Private.', patch('private')],
  ['Internal', says('INTERNAL'), 'ok: Visibility: Internal.'],
  ['Internal', says('PRIVATE'), 'alarm: Visibility: Private, not Internal.', patch('internal')],
  ['Internal', says('PRIVATE'), 'alarm: Visibility: Private, not Internal.', patch('internal'), { plan: 'enterprise' }],
  [
    'Internal',
    says('PUBLIC'),
    'skipped: Visibility: the plan team has no internal repositories; GitHub Enterprise Cloud has.',
    null,
    { plan: 'team' },
  ],
  ['Public', says('PUBLIC'), 'ok: Visibility: Public.'],
  ['Public', says('PRIVATE'), 'alarm: Visibility: Private, not Public.', patch('public')],
  ['Private', { ...says('PUBLIC'), isFork: true }, 'alarm: Visibility: Public, not Private.', patch('private')],
  ['Private', { ...says('PRIVATE'), isTemplate: true, defaultBranchRef: null }, 'ok: Visibility: Private.'],
  // What is public is read by everybody, archived or not; it is only not changed.
  ['Private', { ...says('PUBLIC'), isArchived: true }, 'alarm: Visibility: Public, not Private.'],
  ['Private', { ...says('PRIVATE'), isArchived: true }, 'ok: Visibility: Private.'],
])
