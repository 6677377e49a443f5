/** A device's link to the server of a test. */
import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { LINK_PATH } from '#contract/wire/agreed.ts'
import { LinkAnswer } from '#contract/wire/link.ts'
import type { Answer } from '#tests/server/support/http.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import type { TestMall } from '#tests/server/support/test-mall.ts'

export const socketTo = (mall: TestMall, headers: Record<string, string>) =>
  new WebSocket(mall.url + LINK_PATH, { headers })

export async function openLink(mall: TestMall, { enrolment }: TestDevice) {
  const socket = socketTo(mall, { authorization: `Bearer ${enrolment.token}` })
  onTestFinished(() => socket.terminate())
  const waiting = new Map<number, (answer: Answer) => void>()
  socket.on('message', (data) => {
    const { n, status, body } = LinkAnswer.parse(JSON.parse(String(data)))
    waiting.get(n)?.({ status, body: body as Answer['body'] })
    waiting.delete(n)
  })
  await once(socket, 'open')
  let lastN = 0
  return {
    socket,
    ask(path: string, body: unknown): Promise<Answer> {
      lastN += 1
      const n = lastN
      const { promise, resolve } = Promise.withResolvers<Answer>()
      waiting.set(n, resolve)
      socket.send(JSON.stringify({ n, path, body }))
      return promise
    },
  }
}
