/**
 * The desk over a WebSocket to the loopback gateway. It reconnects with back-off and subscribes again; what was asked
 * while nobody answered gets HOST_GONE. While the line is down it tells the `shell` topic itself, because nobody else can.
 */
import type { FromHost, HostStatus, ShellInfo, ToHost } from '#contract/messages.ts'
import type { Pipe } from '#renderer/transport/pipe.ts'

const REPLY_TIMEOUT_MS = 20_000
const FIRST_RETRY_MS = 250
const LAST_RETRY_MS = 5_000
/** After so many attempts in vain the screen stops calling it a short break. */
const ATTEMPTS_BEFORE_FAILED = 5

const GONE = { ok: false, code: 'HOST_GONE' } as const
const TIMEOUT = { ok: false, code: 'HOST_TIMEOUT' } as const

type Subscription = { topic: string; onValue: (value: unknown) => void }

export function createWebSocketClient(url: string): Pipe {
  const pending = new Map<number, (result: unknown) => void>()
  const subscriptions = new Map<number, Subscription>()
  let socket: WebSocket | null = null
  let lastId = 0
  let failedAttempts = 0
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let laptop: ShellInfo['laptop'] = null

  function connect() {
    clearTimeout(retryTimer)
    const opening = new WebSocket(url)
    socket = opening
    opening.onopen = () => {
      failedAttempts = 0
      for (const [id, { topic }] of subscriptions) send({ t: 'subscribe', id, topic })
    }
    opening.onmessage = (event) => receive(JSON.parse(String(event.data)) as FromHost)
    opening.onclose = () => {
      if (socket === opening) lineDown()
    }
  }

  function lineDown() {
    socket = null
    failedAttempts += 1
    const retryInMs = Math.min(FIRST_RETRY_MS * 2 ** (failedAttempts - 1), LAST_RETRY_MS)
    retryTimer = setTimeout(connect, retryInMs)
    for (const settle of [...pending.values()]) settle(GONE)
    const host = statusWhileDown(failedAttempts, retryInMs)
    for (const { topic, onValue } of subscriptions.values()) if (topic === 'shell') onValue({ host, laptop })
  }

  function receive(message: FromHost) {
    if (message.t === 'result') {
      pending.get(message.id)?.(message.result)
      return
    }
    const subscription = subscriptions.get(message.id)
    if (subscription?.topic === 'shell') laptop = (message.value as ShellInfo).laptop
    subscription?.onValue(message.value)
  }

  function send(message: ToHost): boolean {
    if (socket?.readyState !== WebSocket.OPEN) return false
    socket.send(JSON.stringify(message))
    return true
  }

  connect()

  return {
    invoke(method, input) {
      if (method === 'shell.retryHost' && socket === null) {
        connect()
        return Promise.resolve({ ok: true, data: {} })
      }
      return new Promise((resolve) => {
        lastId += 1
        const id = lastId
        const timer = setTimeout(() => settle(TIMEOUT), REPLY_TIMEOUT_MS)
        const settle = (result: unknown) => {
          clearTimeout(timer)
          pending.delete(id)
          resolve(result)
        }
        pending.set(id, settle)
        if (!send({ t: 'invoke', id, method, input })) settle(GONE)
      })
    },
    subscribe(topic, onValue) {
      lastId += 1
      const id = lastId
      subscriptions.set(id, { topic, onValue })
      send({ t: 'subscribe', id, topic })
      return () => {
        subscriptions.delete(id)
        send({ t: 'unsubscribe', id })
      }
    },
  }
}

function statusWhileDown(attempt: number, retryInMs: number): HostStatus {
  return attempt < ATTEMPTS_BEFORE_FAILED
    ? { state: 'restarting', attempt, retryInMs }
    : { state: 'failed', code: 'HOST_GONE', logPath: '', attempt, retryInMs }
}
