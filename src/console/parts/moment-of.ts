/** What a `datetime-local` field says, meant in the viewer's zone, as the API writes times. */
export const momentOf = (local: string): string => new Date(local).toISOString()
