import { repositoryVisibility } from '../../../src/controls/repository/visibility.ts'
import type { RepositoryData } from '../../../src/resources/repository.ts'
import { judges } from '../judges.ts'
import { resourceOf } from '../resource.ts'
import { type RepositorySaid, repositorySaying } from '../saying.ts'

const says = (visibility: string) => ({ visibility })
const patch = (visibility: string) => ({ 'PATCH /repos/{owner}/{repo}': { owner: 'acme', repo: 'web', visibility } })

/** An older server tells in an event that a repository is private, and not whether it is an internal one. */
const untold = { visibility: undefined }
const notKnown = 'tbd: Visibility: not known. GitHub shows it only to those who hold `metadata: read`.'
const saying = async (said: RepositorySaid) => {
  if (said.visibility !== undefined) return repositorySaying(said)
  const { visibility: _, ...data } = (await repositorySaying({})).data
  return resourceOf<RepositoryData>('GitHub > Repository', data)
}

judges(repositoryVisibility, saying, [
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
  ['Internal', { ...says('PUBLIC'), isArchived: true }, 'alarm: Visibility: Public, not Internal.'],
  ['Public', { ...says('PRIVATE'), isArchived: true }, 'alarm: Visibility: Private, not Public.'],
  ['Private', untold, notKnown],
  ['Internal', untold, notKnown],
  ['Public', untold, notKnown],
])
