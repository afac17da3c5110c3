import type { ConnectionData } from '../../../resources/connection.ts'
import type { Finding } from './finding.ts'

type Facts = Partial<ConnectionData>

/** Is the App installed, and not suspended. A token has no installation. */
export const judgeInstallation = (facts: Facts): Finding[] => (facts.kind === 'token' ? [] : [judgeStatus(facts)])

/** Does the installation see every repository. */
export const judgeCoverage = (facts: Facts): Finding[] =>
  facts.kind === 'token' || facts.status === 'uninstalled' ? [] : [judgeSelection(facts)]

function judgeStatus({ status, login, installationUrl }: Facts): Finding {
  const about = 'Installation'
  const who = `an owner of ${login}`
  const url = installationUrl ? { url: installationUrl } : {}
  if (status === 'uninstalled') {
    const reason = `The App is not installed on ${login}: nothing is heard.`
    const remedy = { who, action: 'Install the App again.' }
    return {
      about,
      found: 'uninstalled',
      wanted: 'active',
      state: 'error',
      diagnosis: { code: 'uninstalled', reason, remedy },
    }
  }
  if (status === 'suspended') {
    const reason = `The installation on ${login} is suspended: nothing is heard.`
    const remedy = { who, action: 'Lift the suspension.', ...url }
    return {
      about,
      found: 'suspended',
      wanted: 'active',
      state: 'error',
      diagnosis: { code: 'suspended', reason, remedy },
    }
  }
  return { about, found: 'active', state: 'ok' }
}

function judgeSelection({ repositorySelection, login, installationUrl }: Facts): Finding {
  const about = 'Repositories covered'
  if (repositorySelection === 'all') return { about, found: 'all', state: 'ok' }
  if (repositorySelection === undefined) return { about, found: 'not known', wanted: 'all', state: 'tbd' }
  const reason = `The installation covers selected repositories of ${login} only: the events of the others do not arrive.`
  const remedy = {
    who: `an owner of ${login}`,
    action: 'Choose “All repositories” under Repository access.',
    ...(installationUrl && { url: installationUrl }),
  }
  return { about, found: 'selected', wanted: 'all', state: 'alarm', diagnosis: { code: 'hidden', reason, remedy } }
}
