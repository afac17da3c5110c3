/** A GitHub App that was made by clicks, with all that GitHub tells of it only once. */
export interface SetUpApp {
  readonly id: number
  readonly name: string
  /** Its page, e.g. `https://github.com/apps/guardpost`; on it stands where it is installed. */
  readonly htmlUrl: string
  /** Of the GitHub that it is on, e.g. `https://api.github.com`. */
  readonly apiUrl: string
  readonly privateKey: string
  readonly webhookSecret: string
  readonly clientId: string
  readonly clientSecret: string
}

/** What set-up keeps, for where the environment says nothing. */
export interface SetUp {
  readonly app: SetUpApp | null
  /** The channel that webhooks come by to a machine that GitHub cannot reach. */
  readonly webhookProxyUrl: string | null
}

/** Where an App is installed. */
export interface InstalledOn {
  readonly login: string
  /** Only organizations are guarded. */
  readonly isOrganization: boolean
}

/** Registering an App with one GitHub. */
export interface Registrar {
  /** Where a form with a manifest goes: to register an App of that organization, or (null) of whoever is signed in there. */
  formUrl(organization: string | null, state: string): string
  /** Exchanges the code that GitHub sent along for the App. Throws `RegistrationFailed`. */
  fetchApp(code: string): Promise<SetUpApp>
  /** Rejects with GitHub's refusal. */
  installedOn(app: SetUpApp): Promise<InstalledOn[]>
}

/** The App could not be had; the message says why, and what to do. */
export class RegistrationFailed extends Error {}
