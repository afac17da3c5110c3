/** Where an organization webhook points on a channel: which one it is, stands in the query, which the proxy hands on. */
export const channelOfHook = (channel: string, id: string): string => {
  const url = new URL(channel)
  url.searchParams.set('hook', id)
  return url.href
}
