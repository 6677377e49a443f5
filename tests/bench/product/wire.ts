/** One kept connection to the mall server: JSON in, JSON out, and the change stream. */
import { gunzipSync } from 'node:zlib'
import { Client } from 'undici'
import { PACKED_EVENT } from '#contract/wire/agreed.ts'
import type { Change } from '#contract/wire/changes.ts'

export class Wire {
  readonly #client: Client

  constructor(url: string) {
    // Streams are silent for seconds and never end; requests come one after the other, as a workstation sends them.
    this.#client = new Client(url, { pipelining: 1, bodyTimeout: 0, keepAliveTimeout: 60_000 })
  }

  /** The answer's body. Throws for any status but 200, with the server's code. */
  async post<T>(path: string, token: string | null, body: unknown): Promise<T> {
    const answer = await this.#client.request({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    })
    const text = await answer.body.text()
    if (answer.statusCode !== 200) throw new WireRefusal(path, answer.statusCode, text)
    return JSON.parse(text) as T
  }

  /** Calls back with every change and the bytes it came in; resolves when the server has accepted the stream. */
  async follow(token: string, onChange: (change: Change, text: string) => void): Promise<void> {
    const answer = await this.#client.request({
      method: 'GET',
      path: '/v1/changes?pack=gzip',
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    })
    if (answer.statusCode !== 200) throw new WireRefusal('/v1/changes', answer.statusCode, await answer.body.text())
    let rest = ''
    answer.body.setEncoding('utf8')
    answer.body.on('data', (chunk: string) => {
      const messages = (rest + chunk).split('\n\n')
      rest = messages.pop() ?? ''
      for (const message of messages) {
        for (const data of dataOf(message)) onChange(JSON.parse(data) as Change, data)
      }
    })
    // Both ends hang up without ceremony when a suite is over.
    answer.body.on('error', () => {})
  }

  close(): Promise<void> {
    return this.#client.destroy()
  }
}

export class WireRefusal extends Error {
  readonly status: number
  constructor(path: string, status: number, body: string) {
    super(`${path}: HTTP ${status} ${body}`)
    this.status = status
  }
}

/** The data lines of one server-sent event, a page of them when it is packed; comments have none. */
function dataOf(message: string): string[] {
  const at = message.indexOf('data: ')
  if (at === -1) return []
  const data = message.slice(at + 'data: '.length)
  if (!message.startsWith(`event: ${PACKED_EVENT}\n`)) return [data]
  return gunzipSync(Buffer.from(data, 'base64')).toString().split('\n\n').flatMap(dataOf)
}
