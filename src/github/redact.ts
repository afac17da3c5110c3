/** GitHub's own token shapes (`ghp_…`, `ghs_…`, `github_pat_…`), JSON web tokens and private keys. */
const shapes = [
  /\b(?:gh[a-z]|github_pat)_[\w.-]{8,}/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
]

/** The text without credentials: neither the given ones nor anything that looks like one. */
export function redact(text: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret !== '').reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
  return shapes.reduce((rest, shape) => rest.replace(shape, '***'), known)
}
