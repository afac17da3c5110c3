import type { Context } from 'hono'
import { policyFileSchema, policyTypes } from '../../engine/catalog.ts'

const schema = policyFileSchema(policyTypes.values())

/** For editors, which ask without signing in: it tells nothing of any organization. */
export const tellPolicyFileSchema = (context: Context) => context.json(schema)
