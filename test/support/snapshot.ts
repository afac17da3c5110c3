import type { Organization } from '../../src/simulator/organization.ts'

/** What an owner finds in the organization: webhooks, repositories with their files' commits, open issues, bad marks on heads. */
export const snapshot = ({ hooks, repositories }: Organization) => ({
  hooks: hooks.map(({ id, config, events, active }) => ({ id, config: { ...config }, events: [...events], active })),
  repositories: [...repositories.values()].map(({ name, visibility, branches, issues, checkRuns, statuses }) => {
    const head = branches.get('main')
    const newest = new Map(statuses.filter(({ sha }) => sha === head).map((status) => [status.context, status.state]))
    return {
      name,
      visibility,
      branches: [...branches],
      openIssues: issues.filter(({ state }) => state === 'open').map(({ number, title }) => ({ number, title })),
      heldUpBy: [
        ...checkRuns.filter((run) => run.headSha === head && run.conclusion !== 'neutral').map((run) => run.name),
        ...[...newest].flatMap(([context, state]) => (state === 'success' ? [] : [context])),
      ],
    }
  }),
})
