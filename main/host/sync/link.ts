/**
 * The link to the mall server: one WebSocket for what somebody waits for and what comes every few seconds. It opens when something is
 * first to be sent; until it is open, and wherever it cannot be had, the same goes by HTTP.
 */
import type { WebSocket } from 'ws'
import type { LinkAnswer, LinkReply } from '#contract/wire/link.ts'
import { readJson } from '#main/host/sync/read-json.ts'

export type Link = {
  /** Null while it is not open. Rejects when no answer comes in time, or the link breaks: then nobody knows whether it arrived. */
  send(path: string, body: unknown, timeoutMs: number): Promise<LinkReply> | null
  /** Begins anew: what comes next goes another way, and a new link opens for it. What is under way may still be answered. */
  leave(): void
  /** Ends what is under way, too. */
  close(): void
}

/** An older server has no link, and what is between here and there may let none through. */
const REST_MS = 30_000
/** So many in a row that never answered are as good as none; a server that was slow once is not. */
const MOST_MUTE = 2

/** `connect` gives an open WebSocket, or rejects. */
export function createLink(connect: () => Promise<WebSocket>, onRefused: (error: unknown) => void): Link {
  let current: Line | null = null
  /** Also those that were left and still wait for answers. */
  const lines = new Set<Line>()
  let isOpening = false
  let isClosed = false
  let refusedAt = Number.NEGATIVE_INFINITY
  let muteInARow = 0

  async function open(): Promise<void> {
    isOpening = true
    try {
      const [socket, { LinkAnswer }] = await Promise.all([connect(), import('#contract/wire/link.ts')])
      if (isClosed) socket.terminate()
      // It may have ended while the shape was loaded.
      else if (socket.readyState === socket.OPEN) use(createLine(socket, LinkAnswer))
    } catch (error) {
      refuse(error)
    } finally {
      isOpening = false
    }
  }

  function use(line: Line): void {
    lines.add(line)
    current = line
    line.onEnd(() => {
      lines.delete(line)
      drop(line)
    })
  }

  /** It is of no use. If nothing followed from it that it never answered, every second request would be lost. */
  function drop(line: Line): void {
    if (current !== line) return
    current = null
    muteInARow = line.isMute() ? muteInARow + 1 : 0
    if (muteInARow >= MOST_MUTE && !isClosed) refuse(new Error('a link was opened and gave no answer'))
  }

  function refuse(error: unknown): void {
    refusedAt = performance.now()
    onRefused(error)
  }

  return {
    send(path, body, timeoutMs) {
      const line = current
      if (!line?.isOpen()) {
        if (!isOpening && !isClosed && performance.now() - refusedAt > REST_MS) void open()
        return null
      }
      return line.send(path, body, timeoutMs, () => {
        // The server may be gone: the next one finds out another way.
        drop(line)
        line.endWhenDone()
      })
    },
    leave() {
      refusedAt = Number.NEGATIVE_INFINITY
      muteInARow = 0
      current?.endWhenDone()
      current = null
    },
    close() {
      isClosed = true
      for (const line of lines) line.end()
    },
  }
}

type Waiting = { resolve(reply: LinkReply): void; reject(error: Error): void; timer: NodeJS.Timeout }

type Line = {
  isOpen(): boolean
  /** It was asked, and never answered as agreed. */
  isMute(): boolean
  onEnd(listener: () => void): void
  /** `onSilence`: it was given up, and no other was answered since it was sent. */
  send(path: string, body: unknown, timeoutMs: number, onSilence: () => void): Promise<LinkReply>
  endWhenDone(): void
  end(): void
}

function createLine(socket: WebSocket, shape: typeof LinkAnswer): Line {
  const waiting = new Map<number, Waiting>()
  let lastN = 0
  let answers = 0
  let isLeft = false

  /** Whoever waits for that answer, for the last time; undefined when it was given up. */
  function settled(n: number): Waiting | undefined {
    const one = waiting.get(n)
    clearTimeout(one?.timer)
    waiting.delete(n)
    if (isLeft && waiting.size === 0) socket.terminate()
    return one
  }

  socket.on('message', (data) => {
    const answer = shape.safeParse(readJson(String(data)))
    if (!answer.success) {
      // Not one that speaks as agreed.
      socket.terminate()
      return
    }
    answers += 1
    settled(answer.data.n)?.resolve(answer.data)
  })
  socket.on('close', () => {
    for (const n of [...waiting.keys()]) settled(n)?.reject(new Error('the link broke'))
  })

  return {
    isOpen: () => socket.readyState === socket.OPEN,
    isMute: () => lastN > 0 && answers === 0,
    onEnd: (listener) => socket.on('close', listener),
    send(path, body, timeoutMs, onSilence) {
      lastN += 1
      const n = lastN
      const answersBefore = answers
      return new Promise((resolve, reject) => {
        const onTimeout = () => {
          if (answers === answersBefore) onSilence()
          settled(n)?.reject(new Error('no answer in time'))
        }
        waiting.set(n, { resolve, reject, timer: setTimeout(onTimeout, timeoutMs) })
        socket.send(JSON.stringify({ n, path, body }))
      })
    },
    endWhenDone() {
      isLeft = true
      if (waiting.size === 0) socket.terminate()
    },
    end: () => socket.terminate(),
  }
}
