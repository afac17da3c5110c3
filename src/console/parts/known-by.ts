const words: Readonly<Record<string, string>> = {
  event: 'an event',
  read: 'a read',
  discovery: 'a discovery',
  enforcement: 'an enforcement',
  cli: 'the command line',
  console: 'the console',
  api: 'the API',
  file: 'a policy file',
}

/** How something is known, as people say it. */
export const knownBy = (source: string): string => words[source] ?? source
