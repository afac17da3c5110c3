import { expect, it } from '@jest/globals'
import { diff } from '../../src/model/diff.ts'
import type { PastResource } from '../../src/model/resource.ts'

const past = (id: number, more: Partial<PastResource> = {}): PastResource => ({
  id,
  connectionId: 1,
  type: 'GitHub > Repository',
  nodeId: `R_${id}`,
  version: 1,
  at: 10,
  revision: null,
  title: `acme/r${id}`,
  parentId: null,
  data: { visibility: 'private' },
  goneAt: null,
  goneReason: null,
  ...more,
})

it('tells what was found, what changed and what went, and leaves out what is alike', () => {
  const before = [past(1), past(2, { data: { topics: ['a'], size: 1 } }), past(3), past(5, { goneAt: 5 })]
  const after = [
    past(1, { version: 2 }),
    past(2, { data: { topics: ['a'], isFork: false } }),
    past(3, { goneAt: 20 }),
    past(4),
    past(5),
  ]
  expect(diff(before, after)).toEqual([
    {
      kind: 'changed',
      resource: after[1],
      changes: [
        { field: 'size', before: 1, after: undefined },
        { field: 'isFork', before: undefined, after: false },
      ],
    },
    { kind: 'found', resource: after[3], changes: [{ field: 'visibility', before: undefined, after: 'private' }] },
    { kind: 'found', resource: after[4], changes: [{ field: 'visibility', before: undefined, after: 'private' }] },
    { kind: 'gone', resource: before[2], changes: [{ field: 'visibility', before: 'private', after: undefined }] },
  ])
})
