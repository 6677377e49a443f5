/** Ends the app in order: hosts and server first, whatever the reason to quit was. */
import { app } from 'electron'
import type { ShellLog } from '#main/shell/shell-log.ts'

export function endWithEverything(stop: () => Promise<void>, log: ShellLog): void {
  let stopped: Promise<void> | null = null
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (stopped) return
    event.preventDefault()
    stopped = stop()
      .catch((error: unknown) => log.error({ err: error }, 'not everything ended in order'))
      .finally(() => app.exit(0))
  })
}

/**
 * From the first moment on: a signal, or in development the end of the launcher that started this process, even a killed
 * one, ends the app too.
 */
export function quitWithLauncher(): void {
  process.once('disconnect', () => app.quit())
  if (process.connected === false) app.quit()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
}
