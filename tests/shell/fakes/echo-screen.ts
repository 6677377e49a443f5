/** Screens whose host is the echo host in a real process, and clients for them. */
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { forkHostOnNode } from '#main/node/node-fork.ts'
import type { HostProcess } from '#main/shell/host-process.ts'
import { createHostSupervisor } from '#main/shell/host-supervisor.ts'
import { createWorkstationScreen, type ShellScreen } from '#main/shell/shell-screen.ts'
import { ROOT } from '#scripts/root.ts'
import { createRecordedLog, type RecordedLog } from '#tests/shell/fakes/recorded-log.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

export const ECHO_HOST = join(ROOT, 'tests/shell/fakes/echo-host.ts')

export type EchoScreen = { screen: ShellScreen; log: RecordedLog }

/** The host ends with the test. */
export function createEchoScreen(entry = ECHO_HOST): EchoScreen {
  const log = createRecordedLog()
  const dataDir = tempFolder()
  const fork = (): HostProcess =>
    forkHostOnNode({
      entry,
      host: { dataDir, launchId: 'launch-1', logPath: join(dataDir, 'host.log'), logLevel: 'info' },
      log,
    })
  const host = createHostSupervisor({ fork, logPath: join(dataDir, 'shell.log'), log })
  onTestFinished(() => host.stop())
  return { screen: createWorkstationScreen(host), log }
}

/** What every transport gives a screen, without the contract's types: tests also say what the contract forbids. */
export type Pipe = {
  invoke(method: string, input: unknown): Promise<unknown>
  subscribe(topic: string, onValue: (value: unknown) => void): () => void
}
