/** An address that names no organization that could be connected. */
export class WrongAddress extends Error {}

/** The organization that an address names. Throws `WrongAddress`: credentials go nowhere but to the configured GitHub. */
export function organizationAt(url: string, apiUrl: string): string {
  const home = new URL(apiUrl).host === 'api.github.com' ? 'https://github.com' : new URL(apiUrl).origin
  const parsed = URL.canParse(url) ? new URL(url) : null
  const [, login] = /^\/([\w-]+)\/?$/.exec(parsed?.pathname ?? '') ?? []
  const isPlain = parsed && !parsed.username && !parsed.password && !parsed.search && !parsed.hash
  if (isPlain && parsed.origin === home && login) return login
  throw new WrongAddress(
    `${shown(url)} is no organization on ${home}: write ${home}/ORGANIZATION, or set GHE_HOST for another server.`,
  )
}

/** Whoever pastes a token into the wrong place does not find it in a log. */
const shown = (url: string): string => (/^https?:\/\/[\w.:-]+(\/[\w.-]*)*$/.test(url) ? url : 'What you gave')
