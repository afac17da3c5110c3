import { extname } from 'node:path'
import type { Town } from './town.ts'

/** In a checkout the source runs; what is installed is compiled, and npm knows its program. */
const command = extname(import.meta.url) === '.ts' ? 'npm run -s guardpost --' : 'npx guardpost'

/** What to type elsewhere to look at a demo that runs. */
export const whereToLook = ({
  config,
  address,
}: Town): string => `The guide ends here; the demo goes on, with a change every few seconds. To look at it, in another terminal:

  export DATABASE_URL=file:${config.databaseFile}
  export GUARDPOST_SECRET_KEY= GUARDPOST_SECRET_KEY_FILE=${config.secretKeyFile}
  ${command} controls
  ${command} resources
  ${command} activities --limit 10

The server answers at ${address}. Ctrl-C ends the demo and removes all that it made.`
