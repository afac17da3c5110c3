import { Command } from 'commander'
import { connectionsOf, withGuardpost } from './opened.ts'
import { moment, print } from './output.ts'

/** `guardpost activities`: who changed what, when, and how we know. */
export function activities(): Command {
  return new Command('activities')
    .description('Shows the history, newest first: who changed what, when, and how we know.')
    .option('--organization <login>', 'of one organization only')
    .option('--limit <number>', 'at most so many of each organization', '50')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  guardpost activities --organization acme --limit 20')
    .action(async ({ organization, limit, json }: { organization?: string; limit: string; json?: boolean }) => {
      await withGuardpost(async (guardpost) => {
        const { store } = guardpost.means
        const found = await Promise.all(
          (await connectionsOf(guardpost, organization)).map(({ id }) =>
            store.activities.list(id, { limit: Number(limit) }),
          ),
        )
        print(
          {
            rows: found.flat().toSorted((a, b) => b.at - a.at || b.id - a.id),
            columns: {
              at: (row) => moment(row.at),
              who: (row) => row.actor ?? 'not told',
              what: (row) => row.summary,
              'known by': (row) => row.source,
            },
            empty: 'Nothing has happened yet.',
          },
          json,
        )
      })
    })
}
