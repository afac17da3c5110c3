const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** A moment of the API's in full, in the viewer's zone. */
export const exactMoment = (at: string): string => exact.format(new Date(at))

/** What a `datetime-local` field holds for a moment, to the second, in the viewer's zone. */
export function localOf(at: string): string {
  const date = new Date(at)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}
