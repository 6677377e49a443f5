/** The two channels between windows and the shell. Only the main frame of a window of ours, at our origin, is heard. */
import { type BrowserWindow, type IpcMainEvent, ipcMain } from 'electron'
import { ORIGIN } from '#main/electron/origin.ts'
import { connectScreen, type ScreenConnection } from '#main/shell/screen-connection.ts'
import type { ScreenViews } from '#main/shell/screen-views.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'
import type { OpenScreen, ShellScreen } from '#main/shell/shell-screen.ts'
import { FROM_SHELL, TO_SHELL } from '../../preload/channels.ts'

export type Ipc = {
  /** From now on the window's page talks to this screen. */
  serve(window: BrowserWindow, screen: ShellScreen, views: ScreenViews): void
}

export function createIpc(openScreen: OpenScreen, log: ShellLog): Ipc {
  /** By the id of a window's web contents. */
  const connections = new Map<number, { connect(): ScreenConnection; open: ScreenConnection | null }>()

  ipcMain.on(TO_SHELL, (event, raw: unknown) => {
    const connection = connections.get(event.sender.id)
    if (!connection || !isOwnMainFrame(event)) {
      log.warn({ url: event.senderFrame?.url ?? null }, 'message from a stranger')
      return
    }
    connection.open ??= connection.connect()
    connection.open.receive(raw)
  })

  return {
    serve(window, screen, views) {
      const contents = window.webContents
      const { id } = contents
      const connect = () =>
        connectScreen({
          screen,
          views,
          openScreen,
          log,
          send(message) {
            if (!contents.isDestroyed()) contents.send(FROM_SHELL, message)
          },
        })
      const hangUp = () => {
        const connection = connections.get(id)
        connection?.open?.close()
        if (connection) connection.open = null
      }
      connections.set(id, { connect, open: null })
      // A new page counts its messages from 1 again: what belonged to the page before ends with it.
      // Told when it is there, so that a page that was refused to leave keeps its connection.
      contents.on('did-navigate', hangUp)
      contents.on('render-process-gone', hangUp)
      contents.once('destroyed', () => {
        hangUp()
        connections.delete(id)
      })
    },
  }
}

function isOwnMainFrame(event: IpcMainEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame && frame.origin === ORIGIN
}
