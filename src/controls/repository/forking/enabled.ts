import { patching, repositorySetting } from '../../repository-setting.ts'

export const repositoryForkingEnabled = repositorySetting({
  path: 'GitHub > Repository > Forking > Enabled',
  title: 'The repository is forked only where the policy allows it.',
  risk: 'Private code is copied to where the organization sees and protects nothing.',
  advice:
    'Settings → General → Features → Allow forking. ' +
    'An owner of the organization allows it first, under its Settings → Member privileges → Repository forking.',
  marks: { Legitify: 'forking_allowed_for_repository' },
  what: 'Forking',
  means: { Enabled: { forkingAllowed: true }, Disabled: { forkingAllowed: false } },
  needs: { metadata: 'read' },
  reads: ['visibility'],
  // https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/managing-repository-settings/managing-the-forking-policy-for-your-repository
  without: ({ visibility }) => (visibility === 'public' ? 'Everybody may fork a public repository.' : null),
  write: patching({ forkingAllowed: 'allow_forking' }),
})
