import { isConsoleBuilt } from '../../server/console-files.ts'
import { hashed, oneTimePassword } from '../../server/sign-in/password.ts'
import type { Town } from './town.ts'

const login = 'demo'

/** Lets people in who look at the demo: by an Owner of everything, made for them. Says how, in lines to be copied from. */
export async function openDoor({ address, guardpost: { means } }: Town): Promise<string> {
  if (!isConsoleBuilt()) return 'The console is not built: `npm run build` does, then start the demo again.'
  const { store, clock } = means
  const password = oneTimePassword()
  const draft = { kind: 'local', login, githubId: null, mustChangePassword: false } as const
  const person = await store.people.make({ ...draft, password: await hashed(password) }, clock())
  if (!person) throw new Error(`There is somebody called ${login} already.`)
  await store.grants.give({ personId: person.id, place: 'everywhere', role: 'Owner', grantedBy: 'guardpost' }, clock())
  return `Open the console and sign in:

  ${address}
  Name      ${login}
  Password  ${password}

“Sign in with GitHub” works too, once acme is connected: you are acme-owner there.`
}
