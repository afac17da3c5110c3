/**
 * Fetches as everything else here does: smee-client hands over a dispatcher of its own, which would send what is for this
 * very machine to a web proxy that the environment names.
 */
export const direct = (url: string | URL, options: RequestInit & { dispatcher?: unknown }): Promise<Response> => {
  const { dispatcher: _, ...rest } = options
  return fetch(url, rest)
}
