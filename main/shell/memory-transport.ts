/**
 * The transport without a wire: a screen and its shell in one process. Messages are cloned as a real one would, so that
 * nothing that cannot travel passes here, and arrive later, never inside the sender's call.
 */
import type { FromHost } from '#contract/messages.ts'
import { connectScreen } from '#main/shell/screen-connection.ts'
import type { ScreenViews } from '#main/shell/screen-views.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'
import type { OpenScreen, ShellScreen } from '#main/shell/shell-screen.ts'

export type MemoryTransport = {
  send(message: unknown): void
  onMessage(handler: (message: FromHost) => void): void
  close(): void
}

export function createMemoryTransport(options: {
  screen: ShellScreen
  views: ScreenViews
  openScreen: OpenScreen
  log: ShellLog
}): MemoryTransport {
  let receive: (message: FromHost) => void = () => {}
  const connection = connectScreen({
    ...options,
    send(message) {
      const clone = structuredClone(message)
      queueMicrotask(() => receive(clone))
    },
  })
  return {
    send(message) {
      const clone: unknown = structuredClone(message)
      queueMicrotask(() => connection.receive(clone))
    },
    onMessage(handler) {
      receive = handler
    },
    close: () => connection.close(),
  }
}
