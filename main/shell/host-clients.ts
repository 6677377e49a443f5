/**
 * The screens of one host: who subscribed to what and which invokes are unanswered. It outlives the host process, so
 * that a screen keeps its subscriptions over a restart and no invoke stays without an answer.
 */
import type { Failure } from '#contract/desk-api.ts'
import type { FromHost, ToHost } from '#contract/messages.ts'
import type { ToHostProcess } from '#main/shell/host-protocol.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'
import type { Timers } from '#main/shell/timers.ts'

/** One screen's line to the host. */
export type HostConnection = {
  post(message: ToHost): void
  onMessage(handler: (message: FromHost) => void): void
  close(): void
}

export type HostClients = {
  connect(): HostConnection
  /** A host is ready: it learns every subscription, then gets what waited for it. */
  attach(post: (message: ToHostProcess) => void): void
  /** The host is gone: what it was asked will never be answered. */
  detach(): void
  /** Whether invokes may wait for a host. When it cannot start, they are answered at once instead. */
  setWaiting(allowed: boolean): void
  deliver(client: number, message: FromHost): void
}

/** An invoke without an answer after this long is answered by the shell. */
export const INVOKE_DEADLINE_MS = 20_000

type Invoke = Extract<ToHost, { t: 'invoke' }>
type Pending = { invoke: Invoke; sent: boolean; cancelDeadline: () => void }
type Client = {
  id: number
  subscriptions: Map<number, string>
  pending: Map<number, Pending>
  onMessage: (message: FromHost) => void
}

export function createHostClients({ log, timers }: { log: ShellLog; timers: Timers }): HostClients {
  const clients = new Map<number, Client>()
  let lastId = 0
  let post: ((message: ToHostProcess) => void) | null = null
  let mayWait = true

  const send = (client: Client, message: ToHost) => post?.({ kind: 'message', client: client.id, message })

  function fail(client: Client, id: number, code: 'HOST_GONE' | 'HOST_TIMEOUT'): void {
    client.pending.get(id)?.cancelDeadline()
    client.pending.delete(id)
    const result: Failure = { ok: false, code }
    client.onMessage({ t: 'result', id, result })
  }

  function failPending(which: (pending: Pending) => boolean): void {
    for (const client of clients.values()) {
      for (const [id, pending] of [...client.pending]) if (which(pending)) fail(client, id, 'HOST_GONE')
    }
  }

  function invoke(client: Client, message: Invoke): void {
    if (client.pending.has(message.id)) {
      // Answering it would answer the first one with that id too.
      log.warn({ client: client.id, id: message.id, method: message.method }, 'invoke id used twice, dropped')
      return
    }
    if (!post && !mayWait) {
      fail(client, message.id, 'HOST_GONE')
      return
    }
    client.pending.set(message.id, {
      invoke: message,
      sent: post !== null,
      cancelDeadline: timers.after(INVOKE_DEADLINE_MS, () => {
        log.warn({ client: client.id, id: message.id, method: message.method }, 'host did not answer in time')
        fail(client, message.id, 'HOST_TIMEOUT')
      }),
    })
    send(client, message)
  }

  function receive(client: Client, message: ToHost): void {
    if (message.t === 'invoke') {
      invoke(client, message)
      return
    }
    if (message.t === 'subscribe') client.subscriptions.set(message.id, message.topic)
    else client.subscriptions.delete(message.id)
    send(client, message)
  }

  function catchUp(client: Client): void {
    for (const [id, topic] of client.subscriptions) send(client, { t: 'subscribe', id, topic })
    for (const pending of client.pending.values()) {
      send(client, pending.invoke)
      pending.sent = true
    }
  }

  function close(client: Client): void {
    if (!clients.delete(client.id)) return
    for (const pending of client.pending.values()) pending.cancelDeadline()
    post?.({ kind: 'clientGone', client: client.id })
  }

  return {
    connect() {
      lastId += 1
      const client: Client = { id: lastId, subscriptions: new Map(), pending: new Map(), onMessage: () => {} }
      clients.set(client.id, client)
      return {
        post(message) {
          if (clients.has(client.id)) receive(client, message)
        },
        onMessage(handler) {
          client.onMessage = handler
        },
        close: () => close(client),
      }
    },
    attach(postToHost) {
      post = postToHost
      for (const client of clients.values()) catchUp(client)
    },
    detach() {
      post = null
      failPending((pending) => pending.sent || !mayWait)
    },
    setWaiting(allowed) {
      mayWait = allowed
      if (!allowed && !post) failPending(() => true)
    },
    deliver(id, message) {
      const client = clients.get(id)
      // Late words to a closed screen, an ended subscription or an invoke past its deadline have no listener any more.
      if (!client) return
      if (message.t === 'push') {
        if (client.subscriptions.has(message.id)) client.onMessage(message)
        return
      }
      const pending = client.pending.get(message.id)
      if (!pending) return
      pending.cancelDeadline()
      client.pending.delete(message.id)
      client.onMessage(message)
    },
  }
}
