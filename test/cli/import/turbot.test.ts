// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are HCL’s.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { answerFor, policyFor } from '../../../src/cli/import/turbot-policy.ts'
import type { PolicyType } from '../../../src/model/policy.ts'
import { parsePolicyFiles } from '../../../src/policies/files/parse.ts'
import { policyTypes } from '../../../src/policies/index.ts'
import { singlePacks } from '../../../src/policies/packs/single.ts'
import { inProcess } from '../in-process.ts'

const org = 'GitHub > Organization'
const members = `${org} > Member Privileges`
const repo = 'GitHub > Repository'
const [deleting, merging, updating] = [
  `${repo} > Pull Request > Delete Branch on Merge`,
  `${repo} > Pull Request > Merge Configuration`,
  `${repo} > Dependabot > Security Updates`,
]
const privileges = 'organizationMemberPrivileges'
const deny = 'Check: Deny forking of private repositories'
const named = 'Check: Set to `Default Branch > Name`'

/** Each policy of Turbot's packs for GitHub with the value the pack gives it, and both in our words. */
const policies: [string, string | string[], string, string | string[]][] = [
  ['organizationBlockedUsers', 'Check: Block Users', 'GitHub > Organization > Blocked Users', 'Check: Block Users'],
  ['organizationBlockedUsersUsernames', [], 'GitHub > Organization > Blocked Users > Usernames', []],
  ['organizationDeployKeysEnabled', 'Check: Disabled', `${org} > Deploy Keys > Enabled`, 'Check: Disabled'],
  [`${privileges}BasePermissions`, 'Check: Read', `${members} > Base Permissions`, 'Check: Read'],
  [`${privileges}PagesCreation`, 'Check: Disabled', `${members} > Pages Creation`, 'Check: Disabled'],
  [`${privileges}RepositoryCreation`, 'Check: Disabled', `${members} > Repository Creation`, 'Check: Disabled'],
  [`${privileges}RepositoryForking`, deny, `${members} > Repository Forking`, deny],
  ['repositoryVisibility', 'Check: Enabled', `${repo} > Visibility`, 'Check: Private'],
  ['repositoryDefaultBranch', named, `${repo} > Default Branch`, named],
  ['repositoryDefaultBranchName', 'main', `${repo} > Default Branch > Name`, 'main'],
  ['repositoryPullRequestDeleteBranchOnMerge', 'Check: Enabled', deleting, 'Check: Enabled'],
  ['repositoryPullRequestDeleteBranchOnMerge', 'Check: Disabled', deleting, 'Check: Disabled'],
  [
    'repositoryPullRequestMergeConfiguration',
    'Check: Enabled per Merge Configuration > Settings',
    merging,
    'Check: Enabled per `Merge Configuration > Settings`',
  ],
  [
    'repositoryPullRequestMergeConfigurationSettings',
    '- "Merge Commit"\n- "Rebase Merge"\n- "Squash Merge"\n',
    `${merging} > Settings`,
    ['Merge Commit', 'Rebase Merge', 'Squash Merge'],
  ],
  ['repositoryDiscussionsEnabled', 'Check: Enabled', `${repo} > Discussions > Enabled`, 'Check: Enabled'],
  ['repositoryProjectsEnabled', 'Check: Enabled', `${repo} > Projects > Enabled`, 'Check: Enabled'],
  ['repositoryWikisEnabled', 'Check: Enabled', `${repo} > Wikis > Enabled`, 'Check: Enabled'],
  ['repositoryForkingEnabled', 'Check: Enabled', `${repo} > Forking > Enabled`, 'Check: Enabled'],
  ['repositoryDependabotAlerts', 'Check: Enabled', `${repo} > Dependabot > Alerts`, 'Check: Enabled'],
  ['repositoryDependabotAlerts', 'Check: Disabled', `${repo} > Dependabot > Alerts`, 'Check: Disabled'],
  ['repositoryDependabotSecurityUpdates', 'Check: Enabled', updating, 'Check: Enabled'],
  ['repositoryDependabotSecurityUpdates', 'Check: Disabled', updating, 'Check: Disabled'],
  [
    'repositoryCodeSecuritySecretScanning',
    'Check: Enabled',
    `${repo} > Code Security > Secret Scanning`,
    'Check: Enabled',
  ],
  [
    'repositoryCodeSecurityPushProtection',
    'Check: Enabled',
    `${repo} > Code Security > Push Protection`,
    'Check: Enabled',
  ],
]

describe('a policy of Turbot’s', () => {
  it.each(policies)('%s: %j is %s: %j', (name, value, path, answer) => {
    const type = policyFor(`tmod:@turbot/github#/policy/types/${name}`, policyTypes)
    expect(type.path).toBe(path)
    expect(answerFor(type, value)).toEqual(answer)
  })

  it.each(policies.filter(([, value]) => String(value).startsWith('Check: ')))(
    '%s: %j is enforced, and skipped, in the same words',
    (name, value, path, answer) => {
      const type = policyFor(`tmod:@turbot/github#/policy/types/${name}`, policyTypes)
      expect(type.path).toBe(path)
      const enforced = (text: string | string[]) => String(text).replace('Check: ', 'Enforce: ')
      expect(answerFor(type, enforced(value))).toBe(enforced(answer))
      expect(answerFor(type, 'Skip')).toBe('Skip')
    },
  )

  it('is known for every policy that our packs after Turbot’s set', () => {
    const set = singlePacks.flatMap(({ settings }) => settings.map(({ path }) => path))
    expect(singlePacks.length).toBeGreaterThanOrEqual(18)
    expect(policies.map(([, , path]) => path)).toEqual(expect.arrayContaining(set))
  })

  const visibility: PolicyType = {
    path: 'GitHub > Repository > Visibility',
    question: 'Who may see it.',
    kind: 'choice',
    values: ['Skip', 'Check: Private', 'Enforce: Private', 'Check: Set to `Visibility > Name`'],
    default: () => 'Skip',
  }
  it.each([
    ['Skip', 'Skip'],
    ['Check: Enabled', 'Check: Private'],
    ['Enforce: Enabled', 'Enforce: Private'],
    ['Check: Set to Visibility > Name', 'Check: Set to `Visibility > Name`'],
  ])('may say %s for %s', (theirs, ours) => {
    expect(answerFor(visibility, theirs)).toBe(ours)
  })

  it.each([
    [
      'tmod:@turbot/aws-s3#/policy/types/bucketVersioning',
      'it is a policy of @turbot/aws-s3, and Guardpost guards GitHub',
    ],
    ['bucketVersioning', '“bucketVersioning” is not the URI of a policy type'],
    [
      'tmod:@turbot/github#/policy/types/organizationBlockedUser',
      'Guardpost has no policy for `organizationBlockedUser`; the nearest is `GitHub > Organization > Blocked Users`',
    ],
  ])('%s has no like here', (type, why) => {
    expect(() => policyFor(type, policyTypes)).toThrow(why)
  })
})

const root = `
resource "turbot_policy_pack" "main" {
  title = "Block \${local.whom}"
  akas  = ["blocked"]
}
locals { whom = "those we do not want" }
variable "mode" { default = "Check" }
variable "names" { type = list(string) }
`

const settings = `
# The line below is in a comment: resource "turbot_policy_setting" "no" {
resource "turbot_policy_setting" "blocked" {
  resource   = turbot_policy_pack.main.id
  type       = "tmod:@turbot/github#/policy/types/organizationBlockedUsers"
  value      = "\${var.mode}: Block Users" /* value = "Skip" */
  precedence = "RECOMMENDED"
  note       = <<-EOT
    Because of
    what was
  EOT
  valid_to_timestamp = "2031-01-31T00:00:00+01:00"
}

resource "turbot_policy_setting" "names" {
  resource = turbot_policy_pack.main.id
  type     = "tmod:@turbot/github#/policy/types/organizationBlockedUsersUsernames"
  value    = <<-EOT
    - "mallory"
    - eve
  EOT
}

resource "turbot_policy_setting" "again" {
  resource = turbot_policy_pack.main.id
  type     = "tmod:@turbot/github#/policy/types/organizationBlockedUsersUsernames"
  value    = var.names
}

resource "turbot_policy_setting" "nunjucks" {
  resource       = "tmod:@turbot/turbot#/"
  type           = "tmod:@turbot/github#/policy/types/organizationBlockedUsers"
  template_input = "{ organization { name } }"
  template       = "{% if $.organization.name %}Skip{% endif %}"
}

resource "turbot_policy_setting" "elsewhere" {
  resource = "186999999999999"
  type     = "tmod:@turbot/github#/policy/types/organizationBlockedUsers"
  value    = "Check: Block Users"
}

resource "turbot_policy_setting" "cmdb" {
  resource = turbot_folder.all.id
  type     = "tmod:@turbot/github#/policy/types/organizationCmdb"
  value    = "Enforce: Enabled"
}

resource "turbot_policy_setting" "counted" {
  count    = 2
  resource = turbot_folder.all.id
  type     = "tmod:@turbot/github#/policy/types/repositoryCmdb"
  value    = "Skip"
}

resource "turbot_policy_setting" "bucket" {
  resource = turbot_policy_pack.main.id
  type     = "tmod:@turbot/aws-s3#/policy/types/bucketVersioning"
  value    = "Check: Enabled"
}

resource "turbot_policy_pack_attachment" "main" {
  resource    = "tmod:@turbot/turbot#/"
  policy_pack = turbot_policy_pack.main.id
}
`

const smart = `
resource "turbot_smart_folder" "filtered" {
  title   = "Block those we do not want"
  filters = ["resourceType:organization"]
}
resource "turbot_policy_setting" "a" {
  resource = turbot_smart_folder.filtered.id
  type     = "tmod:@turbot/github#/policy/types/organizationBlockedUsers"
  value    = "Skip it"
}
resource "turbot_policy_setting" "b" {
  resource = turbot_smart_folder.filtered.id
  type     = "tmod:@turbot/github#/policy/types/repositoryCmdb"
  value    = "Skip"
}
resource "turbot_smart_folder_attachment" "all" {
  resource     = "tmod:@turbot/turbot#/"
  smart_folder = turbot_smart_folder.filtered.id
}
`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guardpost-import-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function lay(files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, 'tf', name)), { recursive: true })
    writeFileSync(join(folder, 'tf', name), text)
  }
  return join(folder, 'tf')
}

const importTurbot = (...args: string[]) => inProcess(['import', 'turbot', ...args], {})

describe('guardpost import turbot', () => {
  it('says what became of each block, with its line, and writes files that can be read', async () => {
    const tf = lay({ 'main.tf': root, 'policies.tf': settings, 'smart/a.tf': smart, '.terraform/x.tf': '}' })
    const out = join(folder, 'guardpost')
    const { status, stdout, stderr } = await importTurbot(tf, '--out', out, '--json')
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
    const told = JSON.parse(stdout)
    expect(
      told.mapped.map(({ file, line, what, became }: Record<string, string>) => [`${file}:${line}`, what, became]),
    ).toEqual([
      ['main.tf:2', 'turbot_policy_pack.main', 'pack block-those-we-do-not-want'],
      [
        'policies.tf:3',
        'turbot_policy_setting.blocked',
        'GitHub > Organization > Blocked Users: Check: Block Users, in pack block-those-we-do-not-want',
      ],
      [
        'policies.tf:15',
        'turbot_policy_setting.names',
        'GitHub > Organization > Blocked Users > Usernames: mallory, eve, in pack block-those-we-do-not-want',
      ],
      ['policies.tf:43', 'turbot_policy_setting.cmdb', 'GitHub > Organization > CMDB: Enforce: Enabled'],
      [
        'policies.tf:62',
        'turbot_policy_pack_attachment.main',
        'pack block-those-we-do-not-want, attached to the organization',
      ],
      ['smart/a.tf:2', 'turbot_smart_folder.filtered', 'pack block-those-we-do-not-want-2'],
      [
        'smart/a.tf:11',
        'turbot_policy_setting.b',
        'GitHub > Repository > CMDB: Skip, in pack block-those-we-do-not-want-2',
      ],
    ])
    expect(told.lost.map(({ file, line, why }: Record<string, string>) => `${file}:${line} ${why}`)).toEqual([
      'policies.tf:24 `var.names` has no default.',
      expect.stringContaining('policies.tf:30 Turbot works its value out by a Nunjucks template'),
      expect.stringContaining('policies.tf:37 it is put on “186999999999999”'),
      expect.stringContaining('policies.tf:49 `count` says how often'),
      'policies.tf:56 it is a policy of @turbot/aws-s3, and Guardpost guards GitHub.',
      expect.stringContaining('smart/a.tf:6 “Skip it” is no value of `GitHub > Organization > Blocked Users`.'),
      expect.stringContaining('smart/a.tf:16 its filters have no like here'),
    ])

    expect(readdirSync(out)).toEqual(['turbot-smart.yml', 'turbot.yml'])
    const files = readdirSync(out).map((path) => ({ path, text: readFileSync(join(out, path), 'utf8') }))
    const known = { types: policyTypes, packs: [], expressionFault: () => null, ownRepository: null }
    expect(parsePolicyFiles(files, known)).toMatchObject({ attachments: [{ pack: 'block-those-we-do-not-want' }] })
    expect(parse(files[1]?.text ?? '')).toEqual({
      settings: [{ policy: 'GitHub > Organization > CMDB', value: 'Enforce: Enabled' }],
      packs: {
        'block-those-we-do-not-want': {
          title: 'Block those we do not want',
          settings: [
            {
              policy: 'GitHub > Organization > Blocked Users',
              value: 'Check: Block Users',
              precedence: 'recommended',
              note: 'Because of\nwhat was',
              expires: '2031-01-30T23:00:00.000Z',
            },
            { policy: 'GitHub > Organization > Blocked Users > Usernames', value: ['mallory', 'eve'] },
          ],
        },
      },
      attach: [{ pack: 'block-those-we-do-not-want' }],
    })

    const again = await importTurbot(tf, '--out', out)
    expect(again).toMatchObject({ status: 2, stderr: expect.stringContaining('turbot.yml is there already') })
  })

  it('tells people, and writes nothing unasked', async () => {
    const tf = lay({ 'main.tf': root, 'terraform.tfvars': 'mode = "Enforce"', 'x.auto.tfvars': 'names = []' })
    expect(await importTurbot(tf)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /^AT +TURBOT +GUARDPOST\nmain.tf:2 +turbot_policy_pack.main +pack block-.*\n\n1 block brought along, 0 not\.\n$/,
      ),
    })
    lay({ 'policies.tf': settings })
    const { status, stdout } = await importTurbot(tf)
    expect(status).toBe(1)
    expect(stdout).toContain('Not brought along:')
    expect(stdout).toContain('policies.tf:24')
    expect(stdout).toContain('Nothing was written: `--out guardpost` writes the policy files.')
    expect(readdirSync(folder)).toEqual(['tf'])
  })

  it('goes on where a file cannot be read, and says so', async () => {
    const tf = lay({ 'a.tf': 'a {\n  b = \n}', 'b.tf': settings, 'main.tf': root })
    const { status, stdout } = await importTurbot(tf, '--json')
    expect(status).toBe(1)
    const { unread, mapped } = JSON.parse(stdout)
    expect(unread).toEqual([{ file: 'a.tf', line: 2, reason: 'A value is missing at the end of the line.' }])
    expect(mapped).toHaveLength(5)
  })

  it('misses nothing where all is about another system', async () => {
    const bucket = settings.slice(settings.indexOf('resource "turbot_policy_setting" "bucket"')).split('\n\n')[0] ?? ''
    const { status, stdout } = await importTurbot(lay({ 'main.tf': bucket }))
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('There is nothing of Turbot’s') })
  })

  it.each([
    [[], 'missing required argument'],
    [['/nowhere/at/all'], 'There is no folder /nowhere/at/all.'],
  ])('with %j is used wrongly', async (args, message) => {
    expect(await importTurbot(...args)).toMatchObject({ status: 2, stderr: expect.stringContaining(message) })
  })

  it('of a folder without Terraform files is used wrongly', async () => {
    const tf = lay({ 'a.txt': '' })
    expect(await importTurbot(tf)).toMatchObject({ status: 2, stderr: expect.stringContaining('no Terraform files') })
  })
})
