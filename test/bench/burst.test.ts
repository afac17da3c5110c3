import { expect, it } from '@jest/globals'
import { burst } from '../../bench/burst/burst.ts'

it('takes 300 deliveries at once, keeps every one and works on all of them', async () => {
  const told = await burst({ deliveries: 300, connections: 32 })
  expect(told).toMatchObject({ kept: 300, processed: 300, statuses: { 202: 300 }, exit: 0 })
  expect(told.rssMb).toBeGreaterThan(50)
})
