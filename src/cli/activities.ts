import { Command } from 'commander'
import { connectionsOf, withGuardpost } from './opened.ts'
import { jsonOption, limitOption, organizationOption } from './options.ts'
import { moment, print } from './output.ts'

interface Options {
  readonly organization?: string
  readonly limit: number
  readonly json?: boolean
}

/** `guardpost activities`: who changed what, when, and how we know. */
export function activities(): Command {
  return new Command('activities')
    .description('Shows the history, newest first: who changed what, when, and how we know.')
    .addOption(organizationOption())
    .addOption(limitOption(50))
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  guardpost activities\n  guardpost activities --organization acme --limit 20')
    .action(list)
}

async function list({ organization, limit, json }: Options): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { store } = guardpost.means
    const rows = []
    for (const { id } of await connectionsOf(guardpost, organization))
      for (const activity of await store.activities.list(id, { limit }))
        rows.push({ ...activity, resource: (await store.resources.get(id, activity.resourceId))?.title ?? '' })
    print(
      {
        rows: rows.toSorted((a, b) => b.at - a.at || b.id - a.id),
        columns: {
          at: (row) => moment(row.at),
          resource: (row) => row.resource,
          who: (row) => row.actor ?? 'not told',
          'known by': (row) => row.source,
          what: (row) => row.summary,
        },
        empty: 'Nothing has happened yet. `guardpost start` writes history as soon as an organization is connected.',
      },
      json,
    )
  })
}
