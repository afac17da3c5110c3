import { GraphQLError } from 'graphql'
import type { Actor } from '../http/actor.ts'
import type { Budget } from '../http/rate-limit.ts'
import type { World } from '../world.ts'

/** Who asks whom, for every field of one query. */
export interface Context {
  readonly world: World
  readonly actor: Actor
  /** Nothing on a GHES, which comes with rate limits switched off. */
  readonly budget: Budget | undefined
}

/** An error with GitHub's `type`, which stands beside the message, not in `extensions`. */
export const graphqlError = (type: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { type } })
