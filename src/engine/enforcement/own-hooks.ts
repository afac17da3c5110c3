import { randomBytes, randomUUID } from 'node:crypto'
import type { OwnHooks } from '../../model/control-type.ts'
import type { Means } from '../means.ts'

/** The id is a part of the webhook's URL, and the secret is 32 random bytes; both are kept before GitHub hears of them. */
export function ownHooks({ store, addresses, clock }: Means, connectionId: number): OwnHooks {
  return {
    async prepare() {
      const id = randomUUID()
      const secret = randomBytes(32).toString('base64url')
      await store.hooks.make({ id, connectionId, secret, createdAt: clock() })
      await store.hooks.setPing(connectionId, id, { askedAt: clock() })
      return { id, url: addresses.hook(id), secret }
    },
    async known(id) {
      const secret = await store.hooks.secret(connectionId, id)
      if (secret === null) throw new Error(`The webhook ${id} is not known.`)
      return { url: addresses.hook(id), secret }
    },
    made: (id, githubId) => store.hooks.setGitHubId(connectionId, id, githubId),
    pinging: (id) => store.hooks.setPing(connectionId, id, { askedAt: clock(), provedFor: null }),
    forget: (id) => store.hooks.remove(connectionId, id),
  }
}
