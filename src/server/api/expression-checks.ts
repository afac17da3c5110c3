import { createRoute } from '@hono/zod-openapi'
import { expressionFaultOf } from '../../engine/wrong-policy.ts'
import { refusedAsWrong, writeProblems } from './problem.ts'
import { type ApiMeans, found, routes, sent } from './routes.ts'
import { expressionCheck, newExpression } from './shapes/policy.ts'

const check = createRoute({
  method: 'post',
  path: '/expression-checks',
  summary: 'Whether an expression in CEL can answer a policy, and where it is wrong; nothing is kept',
  request: { body: sent(newExpression) },
  responses: { ...found(expressionCheck, 'What is wrong with it.'), ...writeProblems },
})

export const expressionChecks = (_: ApiMeans) =>
  routes().openapi(check, async (context) => {
    const { path, expression } = context.req.valid('json')
    const fault = await Promise.resolve()
      .then(() => expressionFaultOf(path, expression))
      .catch(refusedAsWrong)
    return context.json({ fault: fault && { ...fault.place, reason: fault.reason, marked: fault.marked } }, 200)
  })
