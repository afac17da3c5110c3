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
  },
  server: { proxy: { '/api': process.env.GUARDPOST_URL ?? 'http://127.0.0.1:3000' } },
})
