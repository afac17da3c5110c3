import type { Connection } from '../model/connection.ts'
import type { ControlType } from '../model/control-type.ts'
import type { NewJob } from '../model/job.ts'
import { resourceTypes } from '../resources/index.ts'
import { discoverTypeJob } from './jobs.ts'

/** What is read by the repository only where a policy asks is read at once, and on its rhythm, when one begins to. */
export const readingsFor = ({ id }: Connection, { related }: ControlType, why: string, now: number): NewJob[] =>
  resourceTypes
    .filter(({ type, perRepository }) => perRepository && Object.values<string>(related).includes(type))
    .map((type) => discoverTypeJob(id, type, why, now))
