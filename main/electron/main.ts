/** Entry of the Electron shell: one window per screen, one host per screen, nothing of the desk itself. */
import { homedir, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { app, dialog, Menu, powerMonitor, session } from 'electron'
import pino from 'pino'
import { devicesWords, runDevicesCommand } from '#main/electron/devices-command.ts'
import { endWithEverything, quitWithLauncher } from '#main/electron/ending.ts'
import { createHostFork } from '#main/electron/host-fork.ts'
import { registerScheme, serveRenderer } from '#main/electron/protocol.ts'
import { type Screens, startScreens } from '#main/electron/screens.ts'
import { restrictPages, restrictSession } from '#main/electron/security.ts'
import { isWritableFolder, readSettings } from '#main/electron/settings.ts'
import { createWindows } from '#main/electron/windows.ts'
import { projectPaths } from '#main/node/project-paths.ts'
import { createShellLog, type ShellLog } from '#main/shell/shell-log.ts'
import type { OpenScreenResult } from '#main/shell/shell-screen.ts'
import { watchInput } from '#main/shell/watch-input.ts'

// Two folders above out/main/, in the project as well as in the packed archive.
const root = join(import.meta.dirname, '../..')
const paths = projectPaths(root)
const settings = readSettings({
  platform: process.platform,
  packaged: app.isPackaged,
  env: process.env,
  root,
  home: homedir(),
  isWritable: isWritableFolder,
})
const ownLogDir = join(settings.dataDir, 'logs')
// A data folder that cannot be written is the host's to report; the shell still needs a place to say so, the user's own.
const spareLogDir = join(tmpdir(), `loket-logs-${userInfo().username}`)
let logDir = ownLogDir
let logPath = join(logDir, 'shell.log')

// What Chromium keeps (cache, window state) has to follow the data folder where that is not the installed one: two
// shells on different data are no second instance of each other.
if (!app.isPackaged || process.env.LOKET_DATA_DIR) app.setPath('userData', join(settings.dataDir, 'window'))

const words = devicesWords(process.argv)
if (words) void runDevicesCommand(paths.devices, words, settings.dataDir)
else if (app.requestSingleInstanceLock()) start()
else app.quit()

function start(): void {
  quitWithLauncher()
  const log = openShellLog()
  log.info({ version: app.getVersion(), versions: process.versions, settings }, 'shell starts')
  for (const reason of settings.refused) log.warn({ reason }, 'setting refused')
  registerScheme()
  restrictPages(log)
  run(log).catch((error: unknown) => {
    log.error({ err: error }, 'shell cannot start')
    const message = `${error instanceof Error ? error.message : String(error)}\nLog: ${logPath}\n`
    // In development there is a terminal, and a box would hold up whoever started this.
    if (app.isPackaged) dialog.showErrorBox('Loket', message)
    else process.stderr.write(message)
    app.exit(1)
  })
}

/** Only opening the file tells whether it can be written; without any place the terminal gets the lines. */
function openShellLog(): ShellLog {
  for (const folder of [ownLogDir, spareLogDir]) {
    logDir = folder
    logPath = join(folder, 'shell.log')
    try {
      return createShellLog(logPath)
    } catch (error) {
      process.stderr.write(`${logPath}: ${String(error)}\n`)
    }
  }
  return pino(pino.destination(2))
}

async function run(log: ShellLog): Promise<void> {
  await app.whenReady()
  Menu.setApplicationMenu(null)
  restrictSession(session.defaultSession, log)
  serveRenderer(paths.renderer, log)
  let screens: Screens | null = null
  // Before anything is started, because the wish to end may come at any time.
  endWithEverything(async () => screens?.stop(), log)
  const forkHost = createHostFork({ entry: paths.host, hostNode: settings.hostNode, log })
  const running = await startScreens({
    settings,
    root,
    codeCacheDir: join(app.getPath('userData'), 'host-code'),
    logDir,
    logPath,
    forkHost,
    log,
  })
  screens = running
  const windows = createWindows({
    preload: paths.preload,
    devTools: !app.isPackaged,
    barFile: join(settings.dataDir, 'bar.json'),
    openScreen,
    // A launcher, if one started this, goes to the browser when no window ever comes.
    onShown: () => {
      if (process.connected) process.send?.('shown')
    },
    log,
  })

  async function openScreen(screenId: string): Promise<OpenScreenResult> {
    if (!running.open) return { ok: false, code: 'NOT_A_LAPTOP' }
    const screen = await running.open(screenId)
    if (!screen) return { ok: false, code: 'SCREEN_UNKNOWN' }
    windows.show(screen)
    return { ok: true, data: { path: null } }
  }

  app.on('second-instance', () => windows.show(running.first))
  windows.show(running.first)
  watchInput({ idleSeconds: () => powerMonitor.getSystemIdleTime(), onInput: windows.touch })
}
