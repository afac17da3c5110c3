import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { burst } from './burst/burst.ts'
import { wholeNumber } from './whole-number.ts'

/** Very many deliveries at once: each is kept, then all are worked on, and memory stays within bounds. */
const { values } = parseArgs({
  options: { deliveries: { type: 'string', default: '100000' }, connections: { type: 'string', default: '64' } },
})
/** In megabytes. */
const most = 512

const told = await burst({
  deliveries: wholeNumber('--deliveries', values.deliveries),
  connections: wholeNumber('--connections', values.connections),
  onProgress: (line) => console.log(JSON.stringify(line)),
})
const ok = told.kept === told.deliveries && told.processed === told.deliveries && told.rssMb <= most
console.log(JSON.stringify({ bench: 'burst', ...told, load: loadavg()[0], goal: { rssMb: most }, ok }))
process.exitCode = ok ? 0 : 1
