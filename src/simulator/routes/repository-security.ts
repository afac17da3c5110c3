import { userOf } from '../http/actor.ts'
import { type Call, noContent, type Operation, ok, onRepository } from '../http/operation.ts'
import { notFound, validationFailed } from '../http/refusal.ts'
import type { Repository } from '../repository.ts'
import type { RepositorySettings } from '../repository-settings.ts'
import { refuseArchived } from './repository.ts'

const one = '/repos/{owner}/{repo}'

/** Dependabot's updates need its alerts; that GitHub refuses, and in which words, is inferred. */
function checkAlerts({ settings }: Repository): void {
  if (settings.vulnerabilityAlerts) return
  const message = 'Vulnerability alerts must be enabled to configure Dependabot security updates.'
  throw validationFailed({ resource: 'Repository', code: 'custom', message })
}

/** It is there for public repositories only; of another GitHub says nothing. */
function checkPublic({ visibility }: Repository): void {
  if (visibility !== 'public') throw notFound()
}

type Check = (repository: Repository) => void

/** `PUT` switches a feature on and `DELETE` off; both may be said again. */
const switches = (
  name: string,
  heading: string,
  { on, off }: Record<'on' | 'off', Partial<RepositorySettings>>,
  check: Check = () => {},
): Operation[] => {
  const set = (change: Partial<RepositorySettings>, check: Check) => (call: Call, repository: Repository) => {
    refuseArchived(repository)
    check(repository)
    repository.set(change, { sender: userOf(call.actor).login })
    return noContent()
  }
  return [
    onRepository(`PUT ${one}/${name}`, `repos/repos#enable-${heading}`, set(on, check)),
    onRepository(
      `DELETE ${one}/${name}`,
      `repos/repos#disable-${heading}`,
      set(off, name.startsWith('private') ? check : () => {}),
    ),
  ]
}

export const repositorySecurityOperations: readonly Operation[] = [
  ...switches('vulnerability-alerts', 'vulnerability-alerts', {
    on: { vulnerabilityAlerts: true },
    off: { vulnerabilityAlerts: false, dependabotSecurityUpdates: false },
  }),
  ...switches(
    'automated-security-fixes',
    'dependabot-security-updates',
    { on: { dependabotSecurityUpdates: true }, off: { dependabotSecurityUpdates: false } },
    checkAlerts,
  ),
  onRepository(
    `GET ${one}/private-vulnerability-reporting`,
    'repos/repos#check-if-private-vulnerability-reporting-is-enabled-for-a-repository',
    (_, repository) => {
      checkPublic(repository)
      return ok({ enabled: repository.settings.privateVulnerabilityReporting })
    },
  ),
  ...switches(
    'private-vulnerability-reporting',
    'private-vulnerability-reporting-for-a-repository',
    { on: { privateVulnerabilityReporting: true }, off: { privateVulnerabilityReporting: false } },
    checkPublic,
  ),
]
