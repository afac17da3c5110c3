import { api } from '../../api/client.ts'
import { at } from '../../api/queries.ts'
import { useOrder } from '../../parts/use-order.ts'

/** Has an organization removed, or its removal gone on with; `true`: what GitHub refuses is left there. */
export const useRemoval = (id: number, login: string) =>
  useOrder((forget: boolean) => api.connections[':id'].removal.$post({ ...at(id), json: { login, forget } }), {
    concerns: ['connection'],
    said: `${login} is being removed.`,
  })
