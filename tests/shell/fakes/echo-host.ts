/**
 * A small host process for tests of shells. Methods: test.echo answers its input, test.pid its process id, test.gone the
 * clients that left, test.touches how often it was touched, test.exit ends it, test.silent never answers. Topic desk pushes {pid} at once; topic options pushes what it was started with. It only
 * imports types, so that it also runs where nothing strips them but a test.
 */
import type { FromHost, ToHost } from '#contract/messages.ts'
import type { FromHostProcess, ToHostProcess } from '#main/shell/host-protocol.ts'

type ParentPort = {
  postMessage(message: unknown): void
  on(event: 'message', handler: (event: { data: unknown }) => void): void
}
/** Present only in an Electron utility process. */
const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort

const post = (message: FromHostProcess) => (parentPort ? parentPort.postMessage(message) : process.send?.(message))
/** Clients that left. */
const gone: number[] = []
let touches = 0

const reply = (client: number, message: FromHost) => post({ kind: 'message', client, message })

function answer(client: number, { id, method, input }: Extract<ToHost, { t: 'invoke' }>): void {
  if (method === 'session.touch') touches += 1
  if (method === 'test.echo') reply(client, { t: 'result', id, result: { ok: true, data: input } })
  else if (method === 'test.pid') reply(client, { t: 'result', id, result: { ok: true, data: process.pid } })
  else if (method === 'test.gone') reply(client, { t: 'result', id, result: { ok: true, data: gone } })
  else if (method === 'test.touches') reply(client, { t: 'result', id, result: { ok: true, data: touches } })
  else if (method === 'test.exit') process.exit(7)
  else if (method !== 'test.silent') reply(client, { t: 'result', id, result: { ok: false, code: 'UNKNOWN_METHOD' } })
}

function receive(message: ToHostProcess): void {
  if (message.kind === 'stop') process.exit(0)
  if (message.kind === 'clientGone') gone.push(message.client)
  if (message.kind !== 'message') return
  const { client, message: said } = message
  if (said.t === 'invoke') answer(client, said)
  if (said.t !== 'subscribe') return
  if (said.topic === 'desk') reply(client, { t: 'push', id: said.id, value: { pid: process.pid } })
  if (said.topic === 'options') {
    reply(client, { t: 'push', id: said.id, value: JSON.parse(process.env.LOKET_HOST_OPTIONS ?? 'null') })
  }
}

if (parentPort) parentPort.on('message', ({ data }) => receive(data as ToHostProcess))
else process.on('message', (data) => receive(data as ToHostProcess)).on('disconnect', () => process.exit(0))
post({ kind: 'ready' })
