import { Command, Option } from 'commander'
import { type Delivery, type DeliveryStatus, deliveryStatuses } from '../model/delivery.ts'
import { recover } from './deliveries-recover.ts'
import { connectionsOf, UsedWrongly, withGuardpost } from './opened.ts'
import { countFrom1, jsonOption, limitOption, organizationOption } from './options.ts'
import { moment, print, printJson, say } from './output.ts'

interface ListOptions {
  readonly organization?: string
  readonly status?: DeliveryStatus
  readonly limit: number
  readonly json?: boolean
}

/** `guardpost deliveries`: what GitHub sent, and what became of it. */
export function deliveries(): Command {
  const command = new Command('deliveries')
    .description(
      'Shows the webhook deliveries that were kept, projects one again, and reads back those that were lost.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  guardpost deliveries --status parked\n  guardpost deliveries show 7\n  guardpost deliveries replay 7\n  guardpost deliveries recover acme',
    )
  command
    .command('list', { isDefault: true })
    .description('Lists deliveries, newest first.')
    .addOption(organizationOption())
    .addOption(new Option('--status <status>', 'of one status only').choices(deliveryStatuses))
    .addOption(limitOption(50))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost deliveries --status parked --limit 10')
    .action(list)
  command
    .command('show')
    .argument('<id>', 'as the list has it', countFrom1)
    .description('Shows one delivery: its headers, and what became of it.')
    .option('--raw', 'its body alone, byte by byte as it was received')
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  guardpost deliveries show 7\n  guardpost deliveries show 7 --raw > body.json')
    .action(show)
  command
    .command('replay')
    .argument('<id>', 'as the list has it', countFrom1)
    .description('Asks the running Guardpost to project a delivery again, parked or not.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost deliveries replay 7')
    .action(replay)
  command.addCommand(recover())
  return command
}

async function list({ organization, status, limit, json }: ListOptions): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { store } = guardpost.means
    const filter = { limit, ...(status && { status }) }
    const found =
      organization === undefined
        ? [await store.deliveries.list(filter)]
        : await Promise.all(
            (await connectionsOf(guardpost, organization)).map(({ id: connectionId }) =>
              store.deliveries.list({ ...filter, connectionId }),
            ),
          )
    print(
      {
        rows: found.flat().toSorted((a, b) => b.id - a.id),
        columns: {
          id: (row) => String(row.id),
          status: (row) => row.status,
          event: (row) => row.event,
          hook: (row) => row.hookId,
          guid: (row) => row.guid,
          received: (row) => moment(row.receivedAt),
          error: (row) => row.error ?? '',
        },
        empty:
          status || organization
            ? 'No delivery is like that.'
            : 'No delivery has come yet. The control `GitHub > Organization > Event Handlers` says whether they find their way.',
      },
      json,
    )
  })
}

async function show(id: number, { raw, json }: { raw?: boolean; json?: boolean }): Promise<void> {
  await withGuardpost(async ({ means }) => {
    const delivery = await means.store.deliveries.get(id)
    if (!delivery) throw unknown(id)
    if (raw) process.stdout.write(delivery.body)
    else if (json) printJson({ ...delivery, body: Buffer.from(delivery.body).toString('utf8') })
    else tell(delivery)
  })
}

function tell({ id, event, hookId, guid, receivedAt, source, status, error, headers, body, ...rest }: Delivery): void {
  say(`Delivery ${id}, ${event}, ${status}${error ? `: ${error.replaceAll('\n', ' ')}` : ''}`)
  say(`Received ${moment(receivedAt)} by ${source}, hook ${hookId}, GUID ${guid}, ${body.byteLength} bytes.`)
  if (rest.bodySeenBefore) say('The same body came before under another GUID: it only prompted a look.')
  say('')
  print(
    {
      rows: Object.entries(headers),
      columns: { header: ([name]) => name, value: ([, value]) => value },
      empty: 'It came without headers.',
    },
    false,
  )
}

async function replay(id: number, { json }: { json?: boolean }): Promise<void> {
  await withGuardpost(async ({ means }) => {
    if (!(await means.store.deliveries.replay(id, means.clock()))) throw unknown(id)
    if (json) printJson({ id, queued: true })
    else say(`Queued. Guardpost projects it now if it is running; \`guardpost deliveries show ${id}\` tells.`)
  })
}

const unknown = (id: number) =>
  new UsedWrongly(`There is no delivery ${id}, or its body is kept no longer. \`guardpost deliveries\` lists them.`)
