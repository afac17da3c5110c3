import type { PolicyPack } from '../../model/policy-pack.ts'
import { baseline } from './baseline.ts'
import { singlePacks } from './single.ts'

/** The packs that Guardpost ships, by name. Whoever wants one attaches it; nothing is in force by itself. */
export const shippedPacks: readonly PolicyPack[] = [baseline, ...singlePacks]
