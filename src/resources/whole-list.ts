import type { DiscoveredPage, Observation, ReadContext } from '../model/resource-type.ts'

type Seen<Data> = Extract<Observation<Data>, { kind: 'seen' }>

interface Page<Data> extends DiscoveredPage<Data> {
  readonly seen: readonly Seen<Data>[]
}

/**
 * A list of the organization that is read as a whole, since GitHub has no way to ask for some of it, or it is short. While
 * pages are read one after another the list may move on beneath them: of more than one page only what two readings in a
 * row do not show is gone.
 */
export const wholeList = <Data>(
  pages: (context: ReadContext, from: string | null) => AsyncIterable<Page<Data>>,
  reason: string,
) => ({
  readBy: 'parent' as const,
  batch: 1,
  async read(context: ReadContext): Promise<readonly Observation<Data>[]> {
    const first = await readOnce(pages, context)
    const again = first.pages > 1 ? await readOnce(pages, context) : first
    const nodeIds = [...new Set([...first.seen, ...again.seen].map(({ nodeId }) => nodeId))]
    return [...again.seen, { kind: 'listed', nodeId: context.connection.organizationNodeId, nodeIds, reason }]
  },
  discover: pages,
})

async function readOnce<Data>(
  list: (context: ReadContext, from: string | null) => AsyncIterable<Page<Data>>,
  context: ReadContext,
): Promise<{ seen: Seen<Data>[]; pages: number }> {
  const seen: Seen<Data>[] = []
  let pages = 0
  for await (const page of list(context, null)) {
    seen.push(...page.seen)
    pages += 1
  }
  return { seen, pages }
}
