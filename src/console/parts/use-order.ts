import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import type { Kind } from '../api/queries.ts'
import { queryClient } from '../api/query-client.ts'
import { announce } from './announce.ts'

/** Has something done; then what it concerns is asked for anew, and a word is said. */
export function useOrder<Input = void, Answer = unknown>(
  work: (input: Input) => Promise<Answer>,
  { concerns, said }: { concerns: readonly Kind[]; said?: string },
): UseMutationResult<Answer, Error, Input> {
  return useMutation({
    mutationFn: work,
    onSuccess: async () => {
      if (said) announce(said)
      await Promise.all(concerns.map((kind) => queryClient.invalidateQueries({ queryKey: [kind] })))
    },
  })
}
