import { hc } from 'hono/client'
import type { Api } from './api.ts'

/** A client of the API at an origin, e.g. `https://guardpost.example`; in a browser the page's own is ''. */
export const apiClient = (origin: string, options?: Parameters<typeof hc>[1]) => hc<Api>(`${origin}/api/v1`, options)
