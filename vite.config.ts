import { defineConfig } from 'vite'

export default defineConfig({
  root: 'src/console',
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    manifest: 'manifest.json',
    // Nothing is inlined: the content security policy allows files of our own only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    rolldownOptions: {
      // 'use client' is for servers that render React; there is none.
      onLog: (level, log, handle) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && handle(level, log),
    },
  },
  server: { proxy: { '/api': process.env.GUARDPOST_URL ?? 'http://127.0.0.1:3000' } },
})
