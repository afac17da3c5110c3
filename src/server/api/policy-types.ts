import { createRoute, z } from '@hono/zod-openapi'
import { policyTypes as declared, resourceTypes } from '../../engine/catalog.ts'
import { controlOf } from '../../engine/control-of.ts'
import { reaches } from '../../engine/set-policy.ts'
import { scopeOf } from '../../model/access.ts'
import type { ControlType } from '../../model/control-type.ts'
import type { PolicyType } from '../../model/policy.ts'
import { problems } from './problem.ts'
import { type ApiMeans, found, routes } from './routes.ts'
import { policyType } from './shapes/policy.ts'
import { listed } from './tell-control.ts'

const list = createRoute({
  method: 'get',
  path: '/policy-types',
  summary: 'What may be asked of whom',
  responses: { ...found(z.object({ items: z.array(policyType) }), 'Every policy type.'), ...problems },
})

export const policyTypes = ({ means: { store } }: ApiMeans) =>
  routes().openapi(list, async (context) => {
    const counts = await store.search.settingCounts(scopeOf(context.var.visitor.holdings))
    const items = [...declared.values()].map((type) => ({
      ...tellType(type),
      settings: counts.find(({ path }) => path === type.path)?.count ?? 0,
    }))
    return context.json({ items }, 200)
  })

function tellType(type: PolicyType) {
  const { path, question, kind, values } = type
  const control = controlOf(path)
  return {
    path,
    question,
    kind,
    values: values ? [...values] : null,
    default: { app: listed(type.default({ kind: 'app' })), token: listed(type.default({ kind: 'token' })) },
    targets: resourceTypes.map((each) => each.type).filter((each) => reaches(each, path)),
    overview: overviewOf(type, control),
    control: control?.path ?? null,
  }
}

function overviewOf({ path, question, values = [] }: PolicyType, control: ControlType | undefined): string {
  if (control?.policy.path !== path) return question
  const modes = [
    ...(values.some((value) => value.startsWith('Check')) ? ['`Check` judges and reports.'] : []),
    ...(values.some((value) => value.startsWith('Enforce'))
      ? ['`Enforce` also sets right what can be set right.']
      : []),
  ]
  return [control.title, `Otherwise: ${control.risk}`, '`Skip` does nothing.', ...modes].join(' ')
}
