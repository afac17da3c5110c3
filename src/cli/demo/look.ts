import type { Town } from './town.ts'

/** Where to look at a demo that runs, and what to type elsewhere. */
export const whereToLook = ({
  config,
  address,
}: Town): string => `The guide ends here; the demo goes on, with a change every few seconds. Watch them arrive in the console:

  ${address}/resources

Or in another terminal:

  export DATABASE_URL=file:${config.databaseFile}
  export GUARDPOST_SECRET_KEY= GUARDPOST_SECRET_KEY_FILE=${config.secretKeyFile}
  npm run -s guardpost -- controls
  npm run -s guardpost -- resources
  npm run -s guardpost -- activities --limit 10

Ctrl-C ends the demo and removes all that it made.`
