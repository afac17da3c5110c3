import { userInfo } from 'node:os'

/** Who gave a command, and how. */
export const ourselves = () => ({ source: 'cli', origin: null, setBy: userInfo().username }) as const
