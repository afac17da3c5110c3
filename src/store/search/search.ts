import { type Kysely, sql } from 'kysely'
import type { SearchStore } from '../../model/search.ts'
import { connectionColumns } from '../connections.ts'
import type { Database } from '../tables.ts'
import type { QuietFields } from '../versions.ts'
import { searchActivities } from './activities.ts'
import { becameInScope } from './became.ts'
import { controlInScope, countControls, searchControls, statesOf } from './controls.ts'
import { deliveryInScope, lastDeliveryAt, searchDeliveries } from './deliveries.ts'
import { runsInScope, versionsInScope } from './history.ts'
import { namesOf } from './names.ts'
import { newsSince, seenBy, watermarks } from './news.ts'
import { pastInScope, searchPast } from './past.ts'
import { attachmentInScope, searchAttachments } from './policy-attachments.ts'
import { countSettings, searchSettings, settingInScope } from './policy-settings.ts'
import { allOf, reachOf, withinWhole } from './reach.ts'
import { countResources, resourceInScope, searchResources } from './resources.ts'

/** Every query here is bounded by a scope and a limit. */
export function search(db: Kysely<Database>, quiet: QuietFields): SearchStore {
  return {
    connections: async (scope) => {
      const condition = allOf([withinWhole(await reachOf(db, scope), 'connections.id')])
      return db
        .selectFrom('connections')
        .select(connectionColumns)
        .where(condition)
        .orderBy(sql`lower(login)`)
        .execute()
    },
    names: async (scope, ids) => namesOf(db, await reachOf(db, scope), ids),
    resource: (scope, id) => resourceInScope(db, scope, id),
    resources: (scope, page) => searchResources(db, scope, page),
    resourceCounts: (scope) => countResources(db, scope),
    control: (scope, id) => controlInScope(db, scope, id),
    controls: (scope, page) => searchControls(db, scope, page),
    statesOf: (scope, resourceId, now) => statesOf(db, scope, resourceId, now),
    activities: (scope, page) => searchActivities(db, scope, page),
    deliveries: (scope, page) => searchDeliveries(db, scope, page),
    delivery: (scope, id) => deliveryInScope(db, scope, id),
    lastDeliveryAt: (scope) => lastDeliveryAt(db, scope),
    policySettings: (scope, page) => searchSettings(db, scope, page),
    policySetting: (scope, id) => settingInScope(db, scope, id),
    policyAttachments: (scope, page) => searchAttachments(db, scope, page),
    policyAttachment: (scope, id) => attachmentInScope(db, scope, id),
    settingCounts: (scope) => countSettings(db, scope),
    versions: (scope, id, page) => versionsInScope(db, scope, id, page),
    past: (scope, id, time) => pastInScope(db, quiet, scope, id, time),
    pastResources: (scope, time, page) => searchPast(db, quiet, scope, time, page),
    became: (scope, id, asked) => becameInScope(db, quiet, scope, id, asked),
    runs: (scope, controlId, page) => runsInScope(db, scope, controlId, page),
    watermarks: () => watermarks(db),
    newsSince: (marks, pending) => newsSince(db, marks, pending),
    seenBy: (scope, resourceIds) => seenBy(db, scope, resourceIds),
    controlCounts: (scope, now) => countControls(db, scope, now),
  }
}
