import { satisfies } from '../../model/permission.ts'
import type { Granted } from '../../model/resource-type.ts'

/** GraphQL cannot say null here, and says false to whoever may not know: then it is not known. */
export const areAlertsShown = (granted: Granted | null | undefined, viewerCanAdminister: boolean): boolean =>
  granted === 'as its owner' ? viewerCanAdminister : satisfies(granted?.vulnerability_alerts, 'read')
