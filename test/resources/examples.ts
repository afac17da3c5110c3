import { createRequire } from 'node:module'
import type { Connection } from '../../src/model/connection.ts'
import type { Payload } from '../../src/model/resource-type.ts'

type Example = Payload & { repository?: { [field: string]: unknown } }

const all = createRequire(import.meta.url)('@octokit/webhooks-examples/api.github.com/index.json') as {
  name: string
  examples: Example[]
}[]

/** GitHub's own examples of an event, as fresh copies. */
export const examplesOf = (event: string): Example[] =>
  structuredClone(all.find(({ name }) => name === event)?.examples ?? [])

export function exampleOf(event: string, isIt: (example: Example) => boolean = () => true): Example {
  const found = examplesOf(event).find(isIt)
  if (!found) throw new Error(`There is no such example of ${event}.`)
  return found
}

export const connection: Connection = {
  id: 1,
  kind: 'app',
  organizationId: 38302899,
  organizationNodeId: 'MDEyOk9yZ2FuaXphdGlvbjM4MzAyODk5',
  login: 'Octocoders',
  installationId: 5,
  status: 'active',
  createdAt: 0,
}
