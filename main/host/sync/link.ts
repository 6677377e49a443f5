/**
 * The link to the mall server: one WebSocket for what somebody waits for and what comes every few seconds. It opens when something is
 * first to be sent; until it is open, and wherever it cannot be had, the same goes by HTTP.
 */
import type { WebSocket } from 'ws'
import type { z } from 'zod'
import type { LinkAnswer } from '#contract/wire/link.ts'

export type LinkReply = Pick<z.infer<typeof LinkAnswer>, 'status' | 'body'>

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

/** `connect` gives an open WebSocket, or rejects. */
export function createLink(connect: () => Promise<WebSocket>, onRefused: (error: unknown) => void): Link {
  let current: Line | null = null
  let isOpening = false
  let isClosed = false
  let refusedAt = Number.NEGATIVE_INFINITY

  async function open(): Promise<void> {
    isOpening = true
    try {
      const [socket, { LinkAnswer }] = await Promise.all([connect(), import('#contract/wire/link.ts')])
      if (isClosed) socket.terminate()
      else current = createLine(socket, LinkAnswer)
    } catch (error) {
      refusedAt = performance.now()
      onRefused(error)
    } finally {
      isOpening = false
    }
  }

  function leave(line: Line): void {
    if (current === line) current = null
    line.endWhenDone()
  }

  return {
    send(path, body, timeoutMs) {
      const line = current
      // A server that keeps somebody waiting may be gone: the next one finds out another way.
      if (line?.isOpen()) return line.send(path, body, timeoutMs, () => leave(line))
      if (!isOpening && !isClosed && performance.now() - refusedAt > REST_MS) void open()
      return null
    },
    leave() {
      refusedAt = Number.NEGATIVE_INFINITY
      if (current) leave(current)
    },
    close() {
      isClosed = true
      current?.end()
    },
  }
}

type Waiting = { resolve(reply: LinkReply): void; reject(error: Error): void; timer: NodeJS.Timeout }

type Line = {
  isOpen(): boolean
  /** `onLate`: it was given up. */
  send(path: string, body: unknown, timeoutMs: number, onLate: () => void): Promise<LinkReply>
  endWhenDone(): void
  end(): void
}

function createLine(socket: WebSocket, shape: typeof LinkAnswer): Line {
  const waiting = new Map<number, Waiting>()
  let lastN = 0
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
    if (answer.success) settled(answer.data.n)?.resolve(answer.data)
    // Not one that speaks as agreed.
    else socket.terminate()
  })
  socket.on('close', () => {
    for (const n of [...waiting.keys()]) settled(n)?.reject(new Error('the link broke'))
  })

  return {
    isOpen: () => socket.readyState === socket.OPEN,
    send(path, body, timeoutMs, onLate) {
      lastN += 1
      const n = lastN
      return new Promise((resolve, reject) => {
        const onTimeout = () => {
          onLate()
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

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
