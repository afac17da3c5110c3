/** Builds the console after `npm install` in a checkout. Without what a build needs, everything else still works. */
try {
  const { build } = await import('vite')
  await build({ logLevel: 'warn' })
} catch (error) {
  console.warn(`The console was not built; \`npm run build\` does. ${error instanceof Error ? error.message : error}`)
}
