/** How much of one link is under way at a time. */
import { EventEmitter } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { HEARTBEAT_MS } from '#contract/wire/agreed.ts'
import { tokenOfText } from '#server/auth.ts'
import type { ServerContext } from '#server/context.ts'
import { serveLink } from '#server/link/serve-link.ts'
import { UnderWay } from '#server/under-way.ts'

/** One whose answers are on the wire when the test says so. */
class SlowLink extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  isPaused = false
  readonly unsent: (() => void)[] = []
  answers = 0
  pause = () => {
    this.isPaused = true
  }
  resume = () => {
    this.isPaused = false
  }
  send = (_text: string, onSent: () => void) => {
    this.answers += 1
    this.unsent.push(onSent)
  }
  close = () => {
    this.readyState = 2
  }
  terminate = () => {
    this.readyState = 3
    this.emit('close')
  }
  ask(count: number) {
    for (let n = 1; n <= count; n += 1) this.emit('message', Buffer.from(`{"n":${n},"path":"/x"}`), false)
    return delay(20)
  }
  async take(count: number) {
    for (const onSent of this.unsent.splice(0, count)) onSent()
    await delay(20)
  }
}

function serveSlowLink(): SlowLink {
  const link = new SlowLink()
  onTestFinished(() => link.terminate())
  const log = { info() {}, error() {} } as unknown as FastifyBaseLogger
  // No server: each request fails, and is answered like any other.
  const server = {} as ServerContext
  const context = { server, token: tokenOfText('x'), routes: new Map(), underWay: new UnderWay(), log }
  serveLink(link as unknown as WebSocket, context)
  return link
}

test('a hundred that come in one piece are answered as far as the answers are taken, and nothing more is read', async () => {
  const link = serveSlowLink()

  await link.ask(100)

  expect(link).toMatchObject({ answers: 32, isPaused: true })
  await link.take(10)
  expect(link).toMatchObject({ answers: 42, isPaused: true })
  await link.take(32)
  await link.take(32)
  expect(link).toMatchObject({ answers: 100, isPaused: false })
})

test('what is left when it ends is not answered', async () => {
  const link = serveSlowLink()
  await link.ask(100)

  link.terminate()
  await link.take(32)

  expect(link.answers).toBe(32)
})

test('what is left when it is ended for a message that is none is not begun, and its farewell is read', async () => {
  const link = serveSlowLink()
  await link.ask(60)

  link.emit('message', Buffer.from('halo'), false)
  await link.take(32)

  expect(link).toMatchObject({ answers: 32, readyState: 2, isPaused: false })
})

test('who takes no answer for six heartbeats is hung up on', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const link = serveSlowLink()
  await link.ask(40)
  vi.advanceTimersByTime(6 * HEARTBEAT_MS - 1)
  await link.take(1)
  vi.advanceTimersByTime(6 * HEARTBEAT_MS - 1)
  expect(link.readyState).toBe(1)
  vi.advanceTimersByTime(1)
  expect(link.readyState).toBe(3)
})
