import type { GitHub, GitHubClients, GitHubReader } from '../model/github.ts'
import type { Meter } from '../model/meter.ts'

/** The same clients, each call that they make counted. */
export function countedClients(clients: GitHubClients, meter: Meter): GitHubClients {
  return {
    ...clients,
    async forConnection(connection, purpose) {
      const github = await clients.forConnection(connection, purpose)
      return github && counted(github, connection.id, meter)
    },
    async readerFor(connection, purpose) {
      const github = await clients.readerFor(connection, purpose)
      return github && countedReader(github, counting(github, connection.id, meter))
    },
    forApp(purpose) {
      const github = clients.forApp(purpose)
      return github && counted(github, null, meter)
    },
  }
}

function counted(github: GitHub, connectionId: number | null, meter: Meter): GitHub {
  const count = counting(github, connectionId, meter)
  return {
    ...countedReader(github, count),
    write: (route, parameters) => github.write(route, parameters).finally(count),
    mutate: (name, mutation, variables) => github.mutate<never>(name, mutation, variables).finally(count),
  }
}

/** What stands in the client's own record of calls is what was asked: tokens and second attempts included. */
function counting({ calls }: GitHubReader, connectionId: number | null, meter: Meter): () => void {
  let seen = calls.length
  return () => {
    for (const { status } of calls.slice(seen)) meter.asked(connectionId, status)
    seen = calls.length
  }
}

function countedReader(github: GitHubReader, count: () => void): GitHubReader {
  return {
    calls: github.calls,
    get: (route, parameters) => github.get(route, parameters).finally(count),
    query: (name, query, variables) => github.query<never>(name, query, variables).finally(count),
    async *pages(route, parameters, pick) {
      try {
        for await (const page of github.pages(route, parameters, pick)) {
          count()
          yield page
        }
      } finally {
        count()
      }
    },
  }
}
