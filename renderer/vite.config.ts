/** Builds the screens for both shells: the app:// protocol and the loopback gateway serve the same folder. */
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig(({ command }) => {
  // Whoever builds: a test runner's NODE_ENV=test would give the screens React's slow development version.
  if (command === 'build') process.env.NODE_ENV = 'production'
  return {
    root: fileURLToPath(new URL('.', import.meta.url)),
    // Relative addresses work under app:// and under http://127.0.0.1:<port>/ alike.
    base: './',
    plugins: [react()],
    build: {
      outDir: fileURLToPath(new URL('../out/renderer', import.meta.url)),
      emptyOutDir: true,
      target: 'chrome120',
      // Data URLs would need img-src data: in the content security policy.
      assetsInlineLimit: 0,
    },
  }
})
