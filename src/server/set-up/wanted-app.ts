import { z } from 'zod'

/** Which App is to be made, as the form says it. */
export interface WantedApp {
  /** Of the GitHub that it shall be on. */
  readonly apiUrl: string
  /** Null: of whoever is signed in there. */
  readonly organization: string | null
}

/** An answer in the form that cannot be; the message says what would be right. */
export class WrongAnswer extends Error {}

const answers = z.object({
  github: z.string().trim().default(''),
  owner: z.enum(['organization', 'person']).default('organization'),
  organization: z.string().trim().default(''),
})

/** Reads the form. `fixed`: the API of the GitHub that the environment names. Throws `WrongAnswer`. */
export function readWanted(form: unknown, fixed: string | null): WantedApp {
  const { github, owner, organization } = answers.parse(form)
  const apiUrl = fixed ?? apiUrlAt(github)
  if (owner === 'person') return { apiUrl, organization: null }
  if (organization === '')
    throw new WrongAnswer('Which organization? Give its name as it stands in its address on GitHub.')
  if (!/^[a-z\d](?:[a-z\d-]{0,38})$/i.test(organization))
    throw new WrongAnswer(
      'The name of an organization has letters, digits and hyphens only, as in its address on GitHub.',
    )
  return { apiUrl, organization }
}

function apiUrlAt(address: string): string {
  const url = URL.parse(/^https?:\/\//i.test(address) ? address : `https://${address}`)
  if (!url?.hostname || url.username || url.password)
    throw new WrongAnswer('Where is your GitHub? Write github.com, or the host name of your GitHub Enterprise Server.')
  if (/\.ghe\.com$/i.test(url.hostname))
    throw new WrongAnswer('GitHub Enterprise Cloud with data residency (ghe.com) is not supported yet.')
  if (/^(www\.|api\.)?github\.com$/i.test(url.hostname)) return 'https://api.github.com'
  return `${url.origin}/api/v3`
}
