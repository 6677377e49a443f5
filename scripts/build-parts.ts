/** The five built parts of the workstation: what each is made of and where it goes. */
import { builtinModules } from 'node:module'
import { join, parse, resolve } from 'node:path'
import { build, type InlineConfig, type Plugin } from 'vite'
import { NONCE_PLACEHOLDER } from '#main/shell/content-policy.ts'
import { writeLedDriverIndex } from '#scripts/led-driver-index.ts'
import { ROOT } from '#scripts/root.ts'

export type Part = {
  name: string
  /** Folders and files whose change makes it stale. */
  sources: string[]
  output: string
  config: InlineConfig
}

/** They carry native code beside their script, so they stay packages; everything else is bundled. */
export const NATIVE_PACKAGES = ['better-sqlite3', 'serialport', '@serialport/bindings-cpp', 'koffi']

/** Electron 33, with which the package is tested, has Node 20; Electron 45 has Node 24. */
const OLDEST_ELECTRON = ['node20', 'chrome130']

const COMMON_SOURCES = ['contract', 'domain', 'package.json', 'package-lock.json', 'scripts/build-parts.ts']

/** One letter beyond ASCII doubles a whole file in memory, and every start waits for it: they are written as escapes. */
const ASCII_ONLY: Plugin = {
  name: 'loket:ascii-only',
  // The last step: those before it write the letters again.
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue
      if (/String\.raw`[^`]*[\u0080-\uffff]/.test(file.code)) this.error('an escape in String.raw would stay an escape')
      file.code = file.code.replace(
        /[\u0080-\uffff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
    }
  },
}

export const PARTS: Part[] = [
  {
    name: 'renderer',
    sources: ['renderer', ...COMMON_SOURCES],
    output: 'out/renderer/index.html',
    config: {
      configFile: join(ROOT, 'renderer/vite.config.ts'),
      html: { cspNonce: NONCE_PLACEHOLDER },
      // Loaded from this machine's disk, so one file is as good as ten.
      build: { chunkSizeWarningLimit: 2_000 },
    },
  },
  {
    name: 'preload',
    sources: ['preload', ...COMMON_SOURCES],
    output: 'out/preload/preload.cjs',
    // A sandboxed preload is one CommonJS file.
    config: nodeBundle('preload/preload.ts', 'out/preload', 'preload.cjs', 'cjs'),
  },
  {
    name: 'main',
    sources: ['main/electron', 'main/node', 'main/shell', 'preload/channels.ts', ...COMMON_SOURCES],
    output: 'out/main/main.cjs',
    // CommonJS, because it has to run before Electron is ready and an ES module may come too late for that.
    config: nodeBundle('main/electron/main.ts', 'out/main', 'main.cjs', 'cjs'),
  },
  {
    name: 'host',
    sources: ['main/host', 'main/shell', 'db', ...COMMON_SOURCES],
    output: 'out/main/host.cjs',
    config: nodeBundle('main/host/process.ts', 'out/main', 'host.cjs', 'cjs'),
  },
  {
    name: 'devices',
    sources: ['main/host', 'db', ...COMMON_SOURCES],
    output: 'out/main/devices.mjs',
    config: nodeBundle('main/host/devices-main.ts', 'out/main', 'devices.mjs', 'es'),
  },
]

export async function buildParts(parts: readonly Part[]): Promise<void> {
  writeLedDriverIndex()
  for (const part of parts) await build({ logLevel: 'warn', mode: 'production', ...part.config })
}

/** `entry` and everything it imports as one file in `outDir`, both from the project's folder unless they are absolute. */
export function nodeBundle(entry: string, outDir: string, fileName: string, format: 'es' | 'cjs'): InlineConfig {
  return {
    configFile: false,
    root: ROOT,
    publicDir: false,
    plugins: [ASCII_ONLY],
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: resolve(ROOT, entry),
      outDir: resolve(ROOT, outDir),
      // Two bundles share out/main.
      emptyOutDir: false,
      target: OLDEST_ELECTRON,
      // Readable stack traces in a technician's log are worth more than a smaller file.
      minify: false,
      rolldownOptions: {
        external: ['electron', ...NATIVE_PACKAGES, ...builtinModules.flatMap((name) => [name, `node:${name}`])],
        output: {
          format,
          // An `import()` of a module of Node builds all that the module has to offer; of node:http that is undici, too.
          dynamicImportInCjs: false,
          // Explanations of libraries are read by nobody there, but with every start.
          comments: { jsdoc: false, annotation: false, legal: true },
          entryFileNames: fileName,
          // The host loads its native modules in a part of its own, so that it can report one that does not load.
          chunkFileNames: `${parse(fileName).name}-[name]${parse(fileName).ext}`,
          assetFileNames: `${parse(fileName).name}-[name][extname]`,
        },
      },
    },
  }
}
