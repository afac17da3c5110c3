import { extname } from 'node:path'
import type { Town } from './town.ts'

/** In a checkout the source runs; what is installed is compiled, and npm knows its program. */
const command = extname(import.meta.url) === '.ts' ? 'npm run -s guardpost --' : 'npx guardpost'

/** Where to look at a demo that runs, and what to type elsewhere. */
export const whereToLook = ({
  config,
  address,
}: Town): string => `The guide ends here; the demo goes on, with a change every few seconds. Watch them arrive in the console:

  ${address}/resources

Or in another terminal:

  export DATABASE_URL=file:${config.databaseFile}
  export GUARDPOST_SECRET_KEY= GUARDPOST_SECRET_KEY_FILE=${config.secretKeyFile}
  ${command} controls
  ${command} resources
  ${command} activities --limit 10

Ctrl-C ends the demo and removes all that it made.`
