import type { Connection } from '../model/connection.ts'
import type { NewJob } from '../model/job.ts'
import type { ResourceType } from '../model/resource-type.ts'
import { customProperty } from '../resources/custom-property.ts'
import { customPropertyValues } from '../resources/custom-property-values.ts'
import { discoverTypeJob } from './jobs.ts'
import type { Sighted } from './sighted.ts'

/**
 * A property that is new, is other or is gone changes the values of repositories, of which GitHub tells by no event: all are
 * read again. A discovery reads them anyway.
 */
export const valuesMoved = (
  { id }: Connection,
  { type }: Pick<ResourceType, 'type'>,
  { source, cause, at }: Sighted,
): NewJob[] =>
  type === customProperty.type && source !== 'discovery'
    ? [discoverTypeJob(id, customPropertyValues, cause.why, at)]
    : []
