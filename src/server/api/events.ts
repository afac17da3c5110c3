import { createRoute } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import { type Scope, scopeOf } from '../../model/access.ts'
import { changeFeed } from './change-feed.ts'
import { Problem, problems } from './problem.ts'
import { type ApiMeans, routes } from './routes.ts'
import { changeMessage } from './shapes/health.ts'

const listen = createRoute({
  method: 'get',
  path: '/events',
  summary: 'Server-sent events: `change`, each a ChangeMessage of what the caller may see',
  responses: {
    200: { description: 'Without end.', content: { 'text/event-stream': { schema: changeMessage } } },
    ...problems,
    503: { description: 'Too many listen.', content: problems[401].content },
  },
})

/** In milliseconds. */
const heartbeat = 15_000
/** Whoever does not take so many messages is too slow, and comes again. */
const mostWaiting = 200

export const events = ({ means, visitorOf, stopping }: ApiMeans) => {
  const feed = changeFeed(means)
  return routes().openapi(listen, (context) => {
    let scope: Scope = scopeOf(context.var.visitor.holdings)
    const queue = messageQueue(() => context.env.outgoing.destroy())
    const leave = feed.listen({ scope: () => scope, tell: (message) => queue.add(JSON.stringify(message)) })
    if (!leave) throw new Problem(503, 'Too many listen already. Look again in a minute.')
    stopping.addEventListener('abort', queue.end, { once: true })
    if (stopping.aborted) queue.end()
    context.header('x-accel-buffering', 'no')
    return streamSSE(context, async (stream) => {
      stream.onAbort(queue.end)
      try {
        await stream.write(': listening\n\n')
        let checkedAt = means.clock()
        while (!queue.isOver()) {
          if (means.clock() - checkedAt >= heartbeat) {
            // Whoever was signed out, or lost a role, hears no more of it.
            const visitor = await visitorOf(context)
            if (!visitor) break
            scope = scopeOf(visitor.holdings)
            checkedAt = means.clock()
            await stream.write(': still here\n\n')
          }
          const data = await queue.next(heartbeat)
          if (data !== null) await queue.sending(stream.writeSSE({ event: 'change', data }))
        }
      } finally {
        leave()
        stopping.removeEventListener('abort', queue.end)
      }
    })
  })
}

/** What is still to be sent; ended where it grows too long, and cut off where it is ended while something is being sent. */
function messageQueue(cutOff: () => void) {
  const waiting: string[] = []
  let wake = () => {}
  let over = false
  let isSending = false
  const end = () => {
    over = true
    waiting.length = 0
    if (isSending) cutOff()
    wake()
  }
  return {
    end,
    isOver: () => over,
    add(message: string) {
      if (over) return
      if (waiting.push(message) > mostWaiting) end()
      else wake()
    },
    /** Null: nothing came in so many milliseconds, or it is over. */
    async next(ms: number): Promise<string | null> {
      if (waiting.length === 0 && !over)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      return waiting.shift() ?? null
    },
    async sending(sent: Promise<unknown>): Promise<void> {
      isSending = true
      await sent.finally(() => {
        isSending = false
      })
    },
  }
}
