import { InvalidArgumentError } from 'commander'
import type { Guardpost } from '../../compose.ts'
import { newChannel, publicSmee } from '../../server/tunnel/new-channel.ts'
import { UsedWrongly } from '../opened.ts'

/** As `--smee` has it: a channel’s address, or true for whichever; false for `--no-smee`. */
export type Smee = string | boolean | undefined

/** Keeps the channel that webhooks shall come by, or forgets it. True: something else is kept now than before. */
export async function keepChannel({ means: { store } }: Guardpost, smee: Smee, fromEnvironment: string | null) {
  if (smee === undefined) return false
  const { webhookProxyUrl: before } = await store.setUp.read()
  if (fromEnvironment !== null && smee !== fromEnvironment) throw new UsedWrongly(twice)
  const wanted = await channelOf(smee, before)
  if (wanted === before || wanted === (fromEnvironment ?? before)) return false
  await store.setUp.keep({ webhookProxyUrl: wanted })
  return true
}

const twice =
  'WEBHOOK_PROXY_URL names a channel already: leave it out of the environment, or --smee out of the command.'

async function channelOf(smee: string | boolean, before: string | null): Promise<string | null> {
  if (smee === false) return null
  if (smee === true) return before ?? newChannel(publicSmee)
  return new URL(smee).pathname === '/new' ? newChannel(smee) : smee
}

/** The address of a channel, or of where channels are made, for commander. */
export function channelAddress(text: string): string {
  const url = URL.parse(text)
  if (url && /^https?:$/.test(url.protocol)) return url.href
  throw new InvalidArgumentError('It takes the address of a channel, e.g. https://smee.io/…, or nothing for a new one.')
}
