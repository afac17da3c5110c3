import { asks, type NewPolicySetting, type PolicyAnswer, type PolicyPlace } from '../../src/model/policy.ts'

type Place =
  | PolicyPlace
  | { readonly connectionId: number; readonly resourceId: number }
  | { readonly folderId: number }

/** The whole of a place that is named by what it has. */
export const placeOf = (place: Place): PolicyPlace =>
  'resourceId' in place && place.resourceId !== null
    ? { folderId: null, connectionId: place.connectionId ?? 0, resourceId: place.resourceId }
    : { folderId: 'folderId' in place ? (place.folderId ?? 0) : 0, connectionId: null, resourceId: null }

/** What somebody called mona asks for at a place: Required and for all of it, unless said otherwise. */
export const newSetting = (
  place: Place,
  path: string,
  value: PolicyAnswer,
  more: Partial<Omit<NewPolicySetting, keyof PolicyPlace>> = {},
): NewPolicySetting => ({
  ...asks(path, value),
  selector: null,
  source: 'cli',
  origin: null,
  setBy: 'mona',
  ...more,
  ...placeOf(place),
})
