/** The present moment, in milliseconds since 1970 UTC. Passed in wherever time matters. */
export type Clock = () => number
