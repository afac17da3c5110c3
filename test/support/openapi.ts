import { readFileSync } from 'node:fs'

export type Json = { readonly [key: string]: unknown }

interface DescribedParameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly schema: Json
}

export interface DescribedOperation {
  readonly parameters: readonly DescribedParameter[]
  readonly body?: { readonly required: boolean; readonly schema: Json }
  readonly answer?: Json
}

export interface Description {
  readonly operations: Readonly<Record<string, DescribedOperation>>
  readonly components: { readonly schemas: Readonly<Record<string, Json>> }
}

/** GitHub's OpenAPI description of the operations that are called, made by `scripts/extract-openapi.ts`. */
export const readDescription = (): Description =>
  JSON.parse(readFileSync(new URL('./generated/openapi-operations.json', import.meta.url), 'utf8'))

/** Schemas in the form that ajv finds under the id `github`. */
export const referring = (schema: Json): Json =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"github#/components/'))
