import { parentPort, workerData } from 'node:worker_threads'
import type { NewDelivery } from '../model/delivery.ts'
import { enterDeliveries } from './enter-deliveries.ts'
import { keepDeliveries } from './keep-deliveries.ts'
import type { Batch, BatchedDelivery, Order, Outcome } from './keeper.ts'
import { connect } from './sqlite.ts'
import { waitingDeliveries } from './waiting-deliveries.ts'

const { file } = workerData as { file: string }
const db = connect(file)
const keep = keepDeliveries(db, waitingDeliveries())

parentPort?.on('message', async (order: Order) => {
  const work = 'now' in order ? enterDeliveries(db, order.now) : keep(unpacked(order))
  const outcome: Outcome = await work.then(
    (done) => ({ done }),
    ({ name, message, code }) => ({ failure: { name, message, code } }),
  )
  const bytes = 'bytes' in order ? [order.bytes] : []
  parentPort?.postMessage({ ...outcome, bytes: bytes[0] }, bytes)
})

function unpacked({ deliveries, bytes }: Batch): NewDelivery[] {
  let at = 0
  return (JSON.parse(deliveries) as BatchedDelivery[]).map(({ length, ...delivery }) => {
    at += length
    return { ...delivery, body: new Uint8Array(bytes, at - length, length) }
  })
}
