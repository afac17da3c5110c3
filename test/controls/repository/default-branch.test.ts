import { describe, expect, it } from '@jest/globals'
import { repositoryDefaultBranch } from '../../../src/controls/repository/default-branch.ts'
import { judges } from '../judges.ts'
import { recordingGitHub, refused } from '../recording-github.ts'
import { repositorySaying } from '../saying.ts'

const wanted = 'Set to `Default Branch > Name`'
const says = (name: string) => ({ defaultBranchRef: { name, target: { oid: 'aa218f56' } } })
const name = (name: string) => ({ values: { name } })
const choose = (default_branch: string) => ({
  'PATCH /repos/{owner}/{repo}': { owner: 'acme', repo: 'web', default_branch },
})

judges(
  repositoryDefaultBranch,
  repositorySaying,
  [
    [wanted, says('main'), 'ok: Default branch: main.', null, name('main')],
    // Branches are told apart by the case of their letters.
    [wanted, says('Main'), 'alarm: Default branch: Main, not main.', choose('main'), name('main')],
    [wanted, says('master'), 'alarm: Default branch: master, not main.', choose('main'), name('main')],
    [wanted, says('main'), 'alarm: Default branch: main, not release/1.', choose('release/1'), name('release/1')],
    [wanted, { ...says('main'), isFork: true, isTemplate: true }, 'ok: Default branch: main.', null, name('main')],
    [wanted, { defaultBranchRef: null }, 'skipped: The repository is empty, and has no branch.', null, name('main')],
    [
      wanted,
      { ...says('master'), isArchived: true },
      'skipped: The repository is archived, and takes no change.',
      null,
      name('main'),
    ],
    [
      wanted,
      { hidden: 'defaultBranchRef' },
      'tbd: Default branch: not known. GitHub shows it only to those who hold `contents: read`.',
      null,
      name('main'),
    ],
  ],
  name('main'),
)

describe('a default branch of another name', () => {
  const branch = 'GET /repos/{owner}/{repo}/branches/{branch}'
  const enforced = async (answer: () => { data: unknown }) => {
    const done = () => ({ data: {} })
    const { github, asked } = recordingGitHub({
      [branch]: answer,
      'POST /repos/{owner}/{repo}/branches/{branch}/rename': done,
    })
    const resource = await repositorySaying(says('master'))
    await repositoryDefaultBranch.enforce?.({ resource, values: { name: 'main' }, github } as never)
    return asked.map(({ route, parameters }) => [route, parameters])
  }

  it('is renamed where there is no branch of the name', async () => {
    const none = () => {
      throw refused(404)
    }
    expect(await enforced(none)).toEqual([
      [branch, { owner: 'acme', repo: 'web', branch: 'main' }],
      [
        'POST /repos/{owner}/{repo}/branches/{branch}/rename',
        { owner: 'acme', repo: 'web', branch: 'master', new_name: 'main' },
      ],
    ])
  })

  it('stays where GitHub does not tell whether there is one', async () => {
    const hidden = () => {
      throw refused(403)
    }
    await expect(enforced(hidden)).rejects.toMatchObject({ status: 403 })
  })
})
