import { type By, senderOf } from './by.ts'
import { emit } from './emit.ts'
import { nodeId } from './node-id.ts'
import type { Organization } from './organization.ts'
import { userObject } from './payloads/account.ts'
import { teamObject } from './payloads/team.ts'
import { wholeSecond } from './timestamp.ts'
import { type User, userNamed } from './user.ts'
import type { World } from './world.ts'

export interface TeamDraft {
  readonly name: string
  readonly description?: string | null | undefined
  /** GitHub's REST words: `closed` is visible to every member. */
  readonly privacy?: 'closed' | 'secret' | undefined
  readonly parent?: Team | null | undefined
}

export interface Team {
  readonly kind: 'team'
  readonly id: number
  readonly nodeId: string
  readonly organization: Organization
  readonly createdAt: number
  readonly members: Set<User>
  name: string
  slug: string
  description: string | null
  privacy: 'closed' | 'secret'
  parent: Team | null
  updatedAt: number
  edit(change: Partial<TeamDraft>, by?: By): void
  addMember(login: string, by?: By): void
  removeMember(login: string, by?: By): void
  delete(by?: By): void
}

const slugOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-')

export function createTeam(world: World, organization: Organization, draft: TeamDraft & By): Team {
  const id = world.newId()
  const now = wholeSecond(world.now())
  const team: Team = {
    kind: 'team',
    id,
    nodeId: nodeId('T', organization.id, id),
    organization,
    createdAt: now,
    updatedAt: now,
    members: new Set(),
    name: draft.name,
    slug: slugOf(draft.name),
    description: draft.description ?? null,
    privacy: draft.privacy ?? 'closed',
    parent: draft.parent ?? null,
    edit: (change, by) => edit(world, team, change, by),
    addMember: (login, by) => changeMember(world, team, userNamed(world, login), 'added', by),
    removeMember: (login, by) => changeMember(world, team, userNamed(world, login), 'removed', by),
    delete: (by) => {
      organization.teams.delete(team.id)
      world.nodes.delete(team.nodeId)
      tell(world, team, 'deleted', by)
    },
  }
  organization.teams.set(id, team)
  world.nodes.set(team.nodeId, team)
  tell(world, team, 'created', draft)
  return team
}

function tell(world: World, team: Team, action: string, by?: By, changes?: object): void {
  const { organization } = team
  const says = { team: teamObject(world.urls, team), ...(changes && { changes }) }
  void emit(world, { event: 'team', action, organization, sender: senderOf(world, organization, by), says })
}

function edit(world: World, team: Team, change: Partial<TeamDraft>, by?: By): void {
  const { name, description, privacy } = team
  const before = { name, description, privacy }
  const told = Object.entries(before).filter(([field]) => change[field as keyof typeof before] !== undefined)
  const changes = Object.fromEntries(told.map(([field, from]) => [field, { from }]))
  if (change.name !== undefined) Object.assign(team, { name: change.name, slug: slugOf(change.name) })
  if (change.description !== undefined) team.description = change.description
  if (change.privacy !== undefined) team.privacy = change.privacy
  if (change.parent !== undefined) team.parent = change.parent
  team.updatedAt = wholeSecond(world.now())
  tell(world, team, 'edited', by, changes)
}

function changeMember(world: World, team: Team, user: User, action: 'added' | 'removed', by?: By): void {
  if (action === 'added') team.members.add(user)
  else team.members.delete(user)
  const { organization } = team
  const says = { scope: 'team', member: userObject(world.urls, user), team: teamObject(world.urls, team) }
  void emit(world, { event: 'membership', action, organization, sender: senderOf(world, organization, by), says })
}
