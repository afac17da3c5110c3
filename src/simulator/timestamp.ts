/** A time as GitHub's API writes it: UTC, whole seconds. */
export function timestamp(milliseconds: number): string
export function timestamp(milliseconds: number | null): string | null
export function timestamp(milliseconds: number | null): string | null {
  return milliseconds === null ? null : `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}

/** GitHub keeps `created_at` and `updated_at` to the second: several changes can share one. */
export const wholeSecond = (milliseconds: number): number => Math.floor(milliseconds / 1000) * 1000
