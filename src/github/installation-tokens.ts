import type { Clock } from '../model/clock.ts'
import type { Credential } from './credentials.ts'

/** A token lasts an hour. Counted from when we got it, so that a clock that differs from GitHub's does no harm. */
const lifetime = 55 * 60_000

interface Kept {
  readonly credential: Promise<Credential>
  readonly since: number
}

/** Installation tokens, one per installation, asked for once however many calls wait for it. */
export interface InstallationTokens {
  /** The kept token, or the one that `mint` gets from GitHub. */
  current(installationId: number, mint: () => Promise<string>): Promise<Credential>
  /** Lets go of the token; with `refused`, only if that is still the one kept. */
  drop(installationId: number, refused?: Credential): Promise<void>
}

export function installationTokens(clock: Clock): InstallationTokens {
  const kept = new Map<number, Kept>()

  function keep(installationId: number, mint: () => Promise<string>): Promise<Credential> {
    const since = clock()
    const credential = mint().then(
      (secret): Credential => ({ kind: 'installation', authorization: `token ${secret}`, secret, since }),
    )
    const entry = { credential, since }
    kept.set(installationId, entry)
    credential.catch(() => {
      if (kept.get(installationId) === entry) kept.delete(installationId)
    })
    return credential
  }

  return {
    async current(installationId, mint) {
      const entry = kept.get(installationId)
      return entry && clock() - entry.since < lifetime ? entry.credential : keep(installationId, mint)
    },
    async drop(installationId, refused) {
      const entry = kept.get(installationId)
      if (!entry || (refused && (await entry.credential.catch(() => refused)) !== refused)) return
      if (kept.get(installationId) === entry) kept.delete(installationId)
    },
  }
}
