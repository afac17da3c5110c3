import SmeeClient from 'smee-client'
import { direct } from './direct.ts'

/** Where a smee server makes a channel. */
export const publicSmee = 'https://smee.io/new'

/** In milliseconds. */
const patience = 10_000

/** A channel could not be made; the message says what to do. */
export class NoChannel extends Error {}

/** Makes a channel on a smee server, whose address for that ends with `/new`. Throws `NoChannel`. */
export async function newChannel(newChannelUrl: string): Promise<string> {
  const { origin } = new URL(newChannelUrl)
  const fetch = (url: string | URL, options: RequestInit) =>
    direct(url, { ...options, signal: AbortSignal.timeout(patience) })
  const address = await SmeeClient.createChannel({ newChannelUrl, fetch: fetch as never }).catch((error: Error) => {
    throw new NoChannel(`${origin} makes no channel: ${wordsOf(error)}. ${instead}`, { cause: error })
  })
  const channel = URL.parse(address, newChannelUrl)
  if (channel && /^https?:$/.test(channel.protocol) && channel.pathname !== '/') return channel.href
  throw new NoChannel(`${origin} answered with no address of a channel. ${instead}`)
}

/** `fetch` hides what happened in the cause of a “fetch failed”. */
const wordsOf = ({ message, cause }: Error): string => (cause as Partial<Error> | undefined)?.message || message

const instead =
  'Try again later, name another smee server (its address ending with /new), or set GUARDPOST_URL to an address that ' +
  'GitHub reaches.'
