/** The desk API's client over any two-way pipe of contract/messages.ts: numbers its requests and finds their answers. */
import type { DeskClient, Result } from '#contract/desk-api.ts'
import type { FromHost, ToHost } from '#contract/messages.ts'

export type MessagePipe = {
  post(message: ToHost): void
  onMessage(handler: (message: FromHost) => void): void
}

export function createDeskClient(pipe: MessagePipe): DeskClient {
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  const topics = new Map<number, (value: unknown) => void>()
  let lastId = 0

  pipe.onMessage((message) => {
    if (message.t === 'push') {
      topics.get(message.id)?.(message.value)
    } else {
      waiting.get(message.id)?.(message.result as Result<unknown>)
      waiting.delete(message.id)
    }
  })

  // The host validated the values against the contract; their types are the contract's.
  const client = {
    invoke(method: string, input: unknown): Promise<Result<unknown>> {
      lastId += 1
      const id = lastId
      return new Promise((resolve) => {
        waiting.set(id, resolve)
        pipe.post({ t: 'invoke', id, method, input })
      })
    },
    subscribe(topic: string, onValue: (value: unknown) => void): () => void {
      lastId += 1
      const id = lastId
      topics.set(id, onValue)
      pipe.post({ t: 'subscribe', id, topic })
      return () => {
        topics.delete(id)
        pipe.post({ t: 'unsubscribe', id })
      }
    },
  }
  return client as DeskClient
}
