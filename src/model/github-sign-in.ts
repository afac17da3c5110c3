/** An account on GitHub: its id stays, its login may change and pass on. */
export interface GitHubAccount {
  readonly githubId: number
  readonly login: string
}

/** Sign-in with GitHub, by the App. */
export interface GitHubSignIn {
  /** The page where a person permits it. `challenge`: SHA-256 of the verifier, base64url (RFC 7636). */
  authorizeUrl(asked: { state: string; challenge: string; redirectUri: string }): string
  /** Who permitted it. What GitHub gives for the code is used to ask that, and not kept. Throws an error that says why not. */
  identify(answered: { code: string; verifier: string; redirectUri: string }): Promise<GitHubAccount>
}
