import { parentPort, workerData } from 'node:worker_threads'
import { type KeptDelivery, keepDeliveries } from './keep-deliveries.ts'
import type { Batch, BatchedDelivery, Outcome } from './keeper.ts'
import { connect } from './sqlite.ts'

const { file } = workerData as { file: string }
const db = connect(file)

parentPort?.on('message', async (batch: Batch) => {
  const { now, bytes } = batch
  const outcome: Outcome = await keepDeliveries(
    db,
    () => now,
  )(unpacked(batch)).then(
    (answers) => ({ answers, bytes }),
    ({ name, message, code }) => ({ failure: { name, message, code }, bytes }),
  )
  parentPort?.postMessage(outcome, [bytes])
})

function unpacked({ deliveries, bytes }: Batch): KeptDelivery[] {
  let at = 0
  return (JSON.parse(deliveries) as BatchedDelivery[]).map(({ length, ...delivery }) => {
    at += length
    return { ...delivery, body: new Uint8Array(bytes, at - length, length) }
  })
}
