import { userInfo } from 'node:os'
import { Command, Option } from 'commander'
import { type Grant, isAtFolder, type Person, type Role, roles } from '../model/access.ts'
import type { Store } from '../model/store.ts'
import { hashed, oneTimePassword } from '../server/sign-in/password.ts'
import { UsedWrongly, withGuardpost } from './opened.ts'
import { jsonOption } from './options.ts'
import { moment, print, printJson, say } from './output.ts'

const mostListed = 1_000

/** `guardpost people`: who may sign in, and the way back in for who lost the password. */
export function people(): Command {
  const command = new Command('people')
    .description('Shows who may sign in, adds people, and gives a new one-time password to who lost theirs.')
    .addHelpText('after', '\nExamples:\n  guardpost people\n  guardpost people reset-password admin')
  command
    .command('list', { isDefault: true })
    .description('Lists who may sign in, and what they were granted.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost people --json')
    .action(list)
  command
    .command('add')
    .argument('<login>', 'the name to sign in with, or with --github the login there')
    .description('Adds a person. A local one gets a one-time password, which is shown this once.')
    .option('--github', 'who signs in with GitHub')
    .addOption(new Option('--role <role>', 'granted everywhere').choices(roles))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  guardpost people add mona --role Owner\n  guardpost people add octocat --github --role ReadOnly',
    )
    .action(add)
  command
    .command('reset-password')
    .argument('<login>', 'a local person')
    .description('Gives a new one-time password, shown this once, and ends all sessions of the person.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost people reset-password admin')
    .action(resetPassword)
  return command
}

async function list({ json }: { json?: boolean }): Promise<void> {
  await withGuardpost(async ({ means: { store } }) => {
    const all = await store.people.list({ limit: mostListed })
    const grants = await store.grants.of(all.map(({ id }) => id))
    const rows = await Promise.all(
      all.map(async (person) => {
        const own = grants.filter(({ personId }) => personId === person.id)
        return { ...person, grants: await Promise.all(own.map((grant) => told(store, grant))) }
      }),
    )
    print(
      {
        rows,
        columns: {
          name: ({ login }) => login,
          'signs in by': ({ kind }) => (kind === 'local' ? 'password' : 'GitHub'),
          'last seen': ({ lastSeenAt }) => moment(lastSeenAt),
          granted: ({ grants }) => grants.map(({ role, at }) => `${role} ${at}`).join(', ') || 'nothing here',
        },
        empty: 'Nobody yet: the first `guardpost start` makes an administrator.',
      },
      json,
    )
  })
}

async function told({ resources, folders }: Store, { role, place }: Grant): Promise<{ role: Role; at: string }> {
  if (place === 'everywhere') return { role, at: place }
  if (isAtFolder(place)) return { role, at: `in the folder ${(await folders.get(place.folderId))?.title}` }
  const resource = await resources.get(place.connectionId, place.resourceId)
  return { role, at: `at ${resource?.title ?? place.resourceId}` }
}

interface AddOptions {
  readonly github?: boolean
  readonly role?: Role
  readonly json?: boolean
}

async function add(login: string, { github, role, json }: AddOptions): Promise<void> {
  const kind = github ? 'github' : 'local'
  const password = github ? null : oneTimePassword()
  const hash = password && (await hashed(password))
  await withGuardpost(async ({ means: { store, clock } }) => {
    await store.transaction(async ({ people, grants }) => {
      const draft = { kind, login, githubId: null, password: hash, mustChangePassword: password !== null } as const
      const there = await people.named(kind, login)
      const person = there.length === 0 ? await people.make(draft, clock()) : null
      if (!person) throw new UsedWrongly(`There is a person called ${login} already. \`guardpost people\` lists them.`)
      const grantedBy = userInfo().username
      if (role) await grants.give({ personId: person.id, place: 'everywhere', role, grantedBy }, clock())
    })
    tell(login, password, json)
  })
}

async function resetPassword(login: string, { json }: { json?: boolean }): Promise<void> {
  const password = oneTimePassword()
  const hash = await hashed(password)
  await withGuardpost(async ({ means: { store } }) => {
    await store.transaction(async ({ people, sessions }) => {
      const [person]: Person[] = await people.named('local', login)
      if (!person)
        throw new UsedWrongly(
          `No ${login} signs in with a password. \`guardpost people\` lists who does, \`add\` adds.`,
        )
      await people.setPassword(person.id, hash, true)
      await sessions.endAllOf(person.id)
    })
    tell(login, password, json)
  })
}

function tell(login: string, password: string | null, json: boolean | undefined): void {
  if (json) printJson({ login, oneTimePassword: password })
  else if (password === null) say(`Added: ${login} signs in with GitHub.`)
  else say(`The one-time password of ${login} is ${password}\nIt is shown this once, and must be changed on first use.`)
}
