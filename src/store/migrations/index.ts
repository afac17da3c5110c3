import type { Migration } from 'kysely'
import { up as tables } from './0001-tables.ts'
import { up as deliveryLog } from './0002-delivery-log.ts'
import { up as waitingJobs } from './0003-waiting-jobs.ts'
import { up as search } from './0004-search.ts'
import { up as access } from './0005-access.ts'
import { up as removal } from './0006-removal.ts'
import { up as history } from './0007-history.ts'
import { up as discoveries } from './0008-discoveries.ts'
import { up as past } from './0009-past.ts'
import { up as recovery } from './0010-recovery.ts'

import { up as hierarchy } from './0011-hierarchy.ts'
import { up as enforcement } from './0012-enforcement.ts'
import { up as auditLog } from './0013-audit-log.ts'
import { up as intake } from './0014-intake.ts'
import { up as sweep } from './0015-sweep.ts'
import { up as fewerIndexes } from './0016-fewer-indexes.ts'
import { up as arrivals } from './0017-arrivals.ts'
import { up as folderGrants } from './0018-folder-grants.ts'

/** In the order of their numbers. One that was released is never changed: a change is a new one. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-tables': { up: tables },
  '0002-delivery-log': { up: deliveryLog },
  '0003-waiting-jobs': { up: waitingJobs },
  '0004-search': { up: search },
  '0005-access': { up: access },
  '0006-removal': { up: removal },
  '0007-history': { up: history },
  '0008-discoveries': { up: discoveries },
  '0009-past': { up: past },
  '0010-recovery': { up: recovery },
  '0011-hierarchy': { up: hierarchy },
  '0012-enforcement': { up: enforcement },
  '0013-audit-log': { up: auditLog },
  '0014-intake': { up: intake },
  '0015-sweep': { up: sweep },
  '0016-fewer-indexes': { up: fewerIndexes },
  '0017-arrivals': { up: arrivals },
  '0018-folder-grants': { up: folderGrants },
}
