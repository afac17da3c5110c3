import { parentPort, workerData } from 'node:worker_threads'
import { type KeptDelivery, keepDeliveries } from './keep-deliveries.ts'
import type { Batch, Outcome } from './keeper.ts'
import { connect } from './sqlite.ts'

const { file } = workerData as { file: string }
const db = connect(file)

parentPort?.on('message', async (batch: Batch) => {
  const outcome: Outcome = await keepDeliveries(
    db,
    () => batch.now,
  )(unpacked(batch)).then(
    (answers) => ({ answers }),
    (error: unknown) => ({ error, code: (error as { code?: unknown } | null)?.code }),
  )
  parentPort?.postMessage(outcome)
})

function unpacked({ deliveries, bytes }: Batch): KeptDelivery[] {
  let at = 0
  return deliveries.map(({ length, ...delivery }) => {
    at += length
    return { ...delivery, body: bytes.subarray(at - length, at) }
  })
}
