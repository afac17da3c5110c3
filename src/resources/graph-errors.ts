import type { GraphAnswer } from '../model/github.ts'

export type GraphErrors = GraphAnswer<unknown>['errors']

/** The errors that are about one node of an answer, or about something in it, with their paths from there. */
export const beneath = (node: readonly (string | number)[], errors: GraphErrors): GraphErrors =>
  errors
    .filter(({ path }) => node.every((step, depth) => path[depth] === step))
    .map((error) => ({ ...error, path: error.path.slice(node.length) }))

/** Whether GitHub says that there is no such thing; any other error may hide one that is there. */
export const isNotFound = (errors: GraphErrors): boolean =>
  errors.some(({ type, path }) => type === 'NOT_FOUND' && path.length === 0)

/** The fields that an error names: they are null in the answer, and not known. */
export const hiddenIn = (errors: GraphErrors): ReadonlySet<string | number | undefined> =>
  new Set(errors.map(({ path: [field] }) => field))
