/** One browser tab's WebSocket: JSON text both ways, everything else is outside the contract. */
import type { RawData, WebSocket } from 'ws'
import { connectScreen } from '#main/shell/screen-connection.ts'
import type { ScreenViews } from '#main/shell/screen-views.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'
import type { OpenScreen, ShellScreen } from '#main/shell/shell-screen.ts'

/** A tab that does not read for so long gets a new connection, and with it the newest state, instead of a backlog. */
const LARGEST_BACKLOG_BYTES = 4 * 1024 * 1024

export function relayScreen({
  ws,
  screen,
  views,
  openScreen,
  log,
}: {
  ws: WebSocket
  screen: ShellScreen
  views: ScreenViews
  openScreen: OpenScreen
  log: ShellLog
}): void {
  const connection = connectScreen({
    screen,
    views,
    openScreen,
    log,
    send(message) {
      if (ws.bufferedAmount > LARGEST_BACKLOG_BYTES) {
        log.warn({ screen: screen.id }, 'screen does not read, connection ended')
        ws.terminate()
        return
      }
      ws.send(JSON.stringify(message))
    },
  })
  ws.on('message', (data, isBinary) => connection.receive(isBinary ? undefined : parseJson(data)))
  ws.on('close', () => connection.close())
  // For example a message above the size limit; ws closes the connection itself.
  ws.on('error', (error) => log.warn({ err: error, screen: screen.id }, 'WebSocket error'))
}

/** Undefined, which no message is, when it is not JSON. */
function parseJson(data: RawData): unknown {
  try {
    return JSON.parse(data.toString())
  } catch {
    return undefined
  }
}
