/**
 * The two programs under test, each as one file, made with the recipe of the packaged workstation's host. It is the same
 * source; a process that starts in a third of the time can be killed three times as often.
 */
import { cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { forkHostOnNode, forkProgram } from '#main/node/node-fork.ts'
import type { HostProcess } from '#main/shell/host-process.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'
import { nodeBundle } from '#scripts/build-parts.ts'
import { ROOT } from '#scripts/root.ts'

export type Programs = {
  forkServer(options: { configPath: string; dataDir: string; port: number; log: ShellLog }): HostProcess
  forkHost(options: { dataDir: string; log: ShellLog }): HostProcess
}

/** Bundles both into `folder`. */
export async function makePrograms(folder: string): Promise<Programs> {
  await build({ logLevel: 'error', mode: 'production', ...nodeBundle('server/main.ts', folder, 'server.mjs', 'es') })
  await build({
    logLevel: 'error',
    mode: 'production',
    ...nodeBundle('main/host/process.ts', folder, 'host.cjs', 'cjs'),
  })
  // What the bundles leave outside: native packages, and the supervisor's page.
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  cpSync(join(ROOT, 'server/supervision/page'), join(folder, 'page'), { recursive: true })
  return {
    forkServer({ configPath, dataDir, port, log }) {
      const args = ['--config', configPath, '--port', String(port), '--data', dataDir]
      return forkProgram({ entry: join(folder, 'server.mjs'), args, log })
    },
    forkHost: ({ dataDir, log }) =>
      forkHostOnNode({
        entry: join(folder, 'host.cjs'),
        // The same for every start: an officer stays signed in over the death of the host.
        host: { dataDir, launchId: 'crash', logPath: join(dataDir, 'host.log'), logLevel: 'warn' },
        log,
      }),
  }
}
