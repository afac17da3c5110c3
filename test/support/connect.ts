import type { Guarded } from './guarded.ts'

/** Connects the organization by a token, as `guardpost connect` does, and settles. */
export async function connect(town: Guarded, token: { value: string }): Promise<void> {
  const { id, nodeId, login } = town.org
  const wanted = { kind: 'token', organizationId: id, organizationNodeId: nodeId, login, installationId: null } as const
  await town.guardpost.engine.connect(wanted, token.value)
  await town.settle()
}
