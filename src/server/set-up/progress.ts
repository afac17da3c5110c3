import type { Log } from '../../engine/means.ts'
import type { InstalledOn, Registrar, SetUpApp } from '../../model/set-up.ts'

/** How the installation of an App goes. */
export interface Progress {
  /** In a sentence, for the page. */
  said(): string
  stop(): void
}

const rhythm = 3_000

/** Asks GitHub again and again where the App is installed; `done` is called once that is an organization. */
export function followInstallation(registrar: Registrar, app: SetUpApp, log: Log, done: () => void): Progress {
  let said = 'Waiting for the installation…'
  let timer: NodeJS.Timeout | undefined
  let isOver = false
  const look = async () => {
    try {
      const all = await registrar.installedOn(app)
      said = inWords(all)
      const organizations = all.filter(({ isOrganization }) => isOrganization).map(({ login }) => login)
      if (organizations.length > 0 && !isOver) {
        isOver = true
        log.info({ organizations }, 'The App is installed')
        return done()
      }
    } catch (error) {
      said = `GitHub does not say where the App is installed: ${error instanceof Error ? error.message : error}`
      log.warn({ err: error }, 'GitHub does not say where the App is installed')
    }
    if (!isOver) timer = setTimeout(look, rhythm)
  }
  void look()
  return {
    said: () => said,
    stop: () => {
      isOver = true
      clearTimeout(timer)
    },
  }
}

function inWords(all: readonly InstalledOn[]): string {
  const organizations = all.filter(({ isOrganization }) => isOrganization).map(({ login }) => login)
  if (organizations.length > 0) return `Installed on ${organizations.join(', ')}. Guardpost starts…`
  const [person] = all
  return person
    ? `Installed on ${person.login}, which is a person. Guardpost guards organizations: install it on one.`
    : 'Waiting for the installation…'
}
