import type { Connection } from '../../model/connection.ts'
import { live, Refusal } from '../../model/github.ts'
import type { PolicyFilesSaying } from '../../model/policy-files-reporter.ts'
import type { ReportingPlace } from '../../model/reporter.ts'
import type { Means } from '../means.ts'

type News = Pick<PolicyFilesSaying, 'sha' | 'pullRequest' | 'news' | 'again'>

/**
 * Says what becomes of policy files on the commit and in the pull request. What GitHub refuses is told in the log, and keeps
 * nothing else from being said.
 */
export async function tellNews(
  means: Means,
  connection: Connection,
  { owner, name, mayTellDetails }: Pick<ReportingPlace, 'owner' | 'name' | 'mayTellDetails'>,
  news: News,
): Promise<void> {
  const { clients, policyFilesReporter: reporter, log } = means
  const github = await clients.forConnection(connection, live('policy files'))
  if (!github) return
  const author = await clients.author(connection)
  const saying = { connection, owner, name, mayTellDetails, ...news }
  const isApp = connection.kind === 'app'
  for (const say of [...(isApp && news.news.kind !== 'untouched' ? [reporter.check] : []), reporter.comment])
    try {
      await say(github, author, saying)
    } catch (error) {
      if (!(error instanceof Refusal) || error.retryAt !== null) throw error
      log.warn({ connection: connection.id, code: error.diagnosis.code }, `Not said: ${error.diagnosis.reason}`)
    }
}
