/** One screen's conversation with the host: requests in, results and pushes out. Transports only carry the messages. */
import type { FromHost, ToHost } from '#contract/messages.ts'
import type { Publisher } from '#main/host/publisher.ts'
import type { Router } from '#main/host/router.ts'

export type Screen = {
  receive(message: ToHost): void
  /** The screen is gone: its subscriptions end. */
  close(): void
}

export function serveScreen(router: Router, publisher: Publisher, send: (message: FromHost) => void): Screen {
  const subscriptions = new Map<number, () => void>()
  let open = true
  const reply = (message: FromHost) => {
    if (open) send(message)
  }
  return {
    receive(message) {
      if (message.t === 'invoke') {
        // dispatch never rejects: it answers with a code.
        void router
          .dispatch(message.method, message.input)
          .then((result) => reply({ t: 'result', id: message.id, result }))
      } else if (message.t === 'subscribe') {
        if (!publisher.isTopic(message.topic)) {
          reply({ t: 'result', id: message.id, result: { ok: false, code: 'UNKNOWN_METHOD' } })
          return
        }
        subscriptions.get(message.id)?.()
        const { id } = message
        subscriptions.set(
          id,
          publisher.subscribe(message.topic, (value) => reply({ t: 'push', id, value })),
        )
      } else {
        subscriptions.get(message.id)?.()
        subscriptions.delete(message.id)
      }
    },
    close() {
      open = false
      for (const unsubscribe of subscriptions.values()) unsubscribe()
      subscriptions.clear()
    },
  }
}
