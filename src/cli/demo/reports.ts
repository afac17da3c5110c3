import type { App } from '../../simulator/app.ts'
import type { CheckRun } from '../../simulator/check-run.ts'
import type { Issue } from '../../simulator/issue.ts'
import type { Repository } from '../../simulator/repository.ts'

/** The App's newest check run of that name. */
export const checkRunOf = ({ checkRuns }: Repository, name: string): CheckRun | undefined =>
  checkRuns.findLast((run) => run.name === name)

/** The App's first issue; it makes one per control. */
export const issueOf = ({ issues }: Repository, { bot }: App): Issue | undefined =>
  issues.find(({ author }) => author.user === bot)

/** Markdown without what GitHub does not show: comments, and signs written as entities. */
export const asRead = (markdown: string): string =>
  markdown
    .replaceAll(/<!--.*?-->\n?/gs, '')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()
