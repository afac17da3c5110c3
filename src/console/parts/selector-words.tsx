import type { Selector } from '../api/types.ts'

/** Which repositories a selector selects, in words. */
export const SelectorWords = ({ selector }: { selector: Selector }) => <span>{partsOf(selector).join(', ')}</span>

const partsOf = ({ name, topic, property, visibility, archived, fork }: Selector): string[] => [
  ...(name === undefined ? [] : [`named ${name}`]),
  ...(topic === undefined ? [] : [`of topic ${topic}`]),
  ...Object.entries(property ?? {}).map(([key, value]) => `${key} is ${value}`),
  ...(visibility === undefined ? [] : [visibility.join(' or ')]),
  ...(archived === undefined ? [] : [archived ? 'archived' : 'not archived']),
  ...(fork === undefined ? [] : [fork ? 'forks' : 'no forks']),
]
