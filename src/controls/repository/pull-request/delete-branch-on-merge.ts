import { patching, repositorySetting } from '../../repository-setting.ts'

export const repositoryDeleteBranchOnMerge = repositorySetting({
  path: 'GitHub > Repository > Pull Request > Delete Branch on Merge',
  title: 'Branches of merged pull requests go, or stay, as the policy says.',
  risk: 'Old branches pile up; what is built, released or trusted from one of them is out of date.',
  advice: 'Settings → General → Pull Requests → Automatically delete head branches.',
  marks: { CIS: '1.1.8', Prowler: 'repository_branch_delete_on_merge_enabled' },
  what: 'Delete branch on merge',
  means: { Enabled: { deleteBranchOnMerge: true }, Disabled: { deleteBranchOnMerge: false } },
  needs: { metadata: 'read' },
  write: patching({ deleteBranchOnMerge: 'delete_branch_on_merge' }),
})
