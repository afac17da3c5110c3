import { GraphQLError } from 'graphql'
import type { Actor } from '../http/actor.ts'
import type { Budget } from '../limits/budget.ts'
import type { World } from '../world.ts'
import type { Cost } from './cost.ts'

/** Who asks whom, for every field of one query. */
export interface Context {
  readonly world: World
  readonly actor: Actor
  /** Nothing on a GHES, which comes with rate limits switched off. The query is paid already. */
  readonly budget: Budget | undefined
  readonly cost: Cost
  /** What a field has to say in the headers of the answer. */
  readonly headers: Record<string, string>
}

/** An error with GitHub's `type`, which stands beside the message; a refusal says whether single sign-on is the reason. */
export const graphqlError = (type: string, message: string, samlFailure = false): GraphQLError =>
  new GraphQLError(message, { extensions: { type, ...(type === 'FORBIDDEN' && { saml_failure: samlFailure }) } })
