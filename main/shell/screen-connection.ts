/**
 * One open screen's line into the shell, the same behind every transport: checks each message, answers what belongs to
 * the shell and passes the rest to the screen's host.
 */
import type { FromHost, ToHost } from '#contract/messages.ts'
import { readToHost } from '#main/shell/read-message.ts'
import type { ScreenViews } from '#main/shell/screen-views.ts'
import { createShellHandlers } from '#main/shell/shell-handlers.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'
import type { OpenScreen, ShellScreen } from '#main/shell/shell-screen.ts'

export type ScreenConnection = {
  /** Whatever came over the transport; nothing about it is trusted. */
  receive(raw: unknown): void
  close(): void
}

export type ScreenConnectionOptions = {
  screen: ShellScreen
  views: ScreenViews
  openScreen: OpenScreen
  log: ShellLog
  /** Sends to the screen. */
  send(message: FromHost): void
}

export function connectScreen({ screen, views, openScreen, log, send }: ScreenConnectionOptions): ScreenConnection {
  const host = screen.host.connect()
  const shell = createShellHandlers({ screen, views, openScreen, log })
  /** Subscriptions that the shell serves; all others are the host's. */
  const watches = new Map<number, () => void>()
  let open = true

  const sendWhileOpen = (message: FromHost) => {
    if (open) send(message)
  }
  host.onMessage(sendWhileOpen)

  function invoke(message: Extract<ToHost, { t: 'invoke' }>): void {
    const answer = shell.invoke(message.method, message.input)
    if (!answer) {
      host.post(message)
      return
    }
    answer
      .catch((error: unknown) => {
        log.error({ err: error, method: message.method }, 'shell method failed')
        return { ok: false, code: 'INTERNAL' }
      })
      .then((result) => sendWhileOpen({ t: 'result', id: message.id, result }))
  }

  function subscribe(message: Extract<ToHost, { t: 'subscribe' }>): void {
    endWatch(message.id)
    const unwatch = shell.watch(message.topic, (value) => sendWhileOpen({ t: 'push', id: message.id, value }))
    if (unwatch) watches.set(message.id, unwatch)
    else host.post(message)
  }

  function unsubscribe(message: Extract<ToHost, { t: 'unsubscribe' }>): void {
    if (!endWatch(message.id)) host.post(message)
  }

  function endWatch(id: number): boolean {
    watches.get(id)?.()
    return watches.delete(id)
  }

  return {
    receive(raw) {
      if (!open) return
      const read = readToHost(raw)
      if (!read.ok) {
        log.warn({ screen: screen.id, problem: read.problem }, 'message outside the contract')
        if (read.id !== null) sendWhileOpen({ t: 'result', id: read.id, result: { ok: false, code: 'BAD_INPUT' } })
        return
      }
      const { message } = read
      if (message.t === 'invoke') invoke(message)
      else if (message.t === 'subscribe') subscribe(message)
      else unsubscribe(message)
    },
    close() {
      if (!open) return
      open = false
      for (const unwatch of watches.values()) unwatch()
      host.close()
    },
  }
}
