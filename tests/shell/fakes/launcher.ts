/** npm start as a real process with a data folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { ROOT } from '#scripts/root.ts'
import { cleanEnvironment } from '#tests/shell/fakes/electron-app.ts'
import { processesOf } from '#tests/shell/fakes/processes.ts'
import { waitFor } from '#tests/support/in-process-host.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

export type Launcher = {
  process: ChildProcess
  dataDir: string
  output(): string
  exitCode: Promise<number | null>
  /** Resolves with the first match in what it printed. */
  printed(pattern: RegExp, ms?: number): Promise<RegExpExecArray>
}

/** Without DISPLAY unless `env` says otherwise. Whatever is left of it at the end of the test is killed. */
export function launch(args: string[], env: Record<string, string> = {}, dataDir = tempFolder()): Launcher {
  return run([process.execPath, join(ROOT, 'scripts/start.ts'), ...args], env, dataDir)
}

/** The same through npm, as people do it. */
export function launchWithNpm(args: string[]): Launcher {
  return run(['npm', 'start', '--', ...args], {}, tempFolder())
}

function run([command = '', ...args]: string[], env: Record<string, string>, dataDir: string): Launcher {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...cleanEnvironment(), DISPLAY: '', WAYLAND_DISPLAY: '', LOKET_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exitCode = new Promise<number | null>((resolve) => child.once('exit', resolve))
  onTestFinished(() => {
    for (const pid of processesOf(dataDir)) process.kill(pid, 'SIGKILL')
  })
  return {
    process: child,
    dataDir,
    output: () => output,
    exitCode,
    printed: (pattern, ms = 25_000) =>
      waitFor(
        () => pattern.exec(output),
        String(pattern),
        () => output,
        ms,
      ),
  }
}

/** Resolves when nothing of the launcher is left. */
export function nothingLeft(dataDir: string, ms = 8_000): Promise<true> {
  return waitFor(
    () => (processesOf(dataDir).length === 0 ? true : null),
    'no process left',
    () => processesOf(dataDir),
    ms,
  )
}
