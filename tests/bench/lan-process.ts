/**
 * node lan-process.ts TARGET-PORT MS: passes bytes on after a delay. A timer of Node has whole milliseconds, so what is on its
 * way is watched without sleeping; with nothing on its way the process sleeps.
 */
import { connect, createServer, type Socket } from 'node:net'
import { endWithParent } from '#tests/bench/end-with-parent.ts'

type Parcel = { due: number; deliver: () => void }

const target = Number(process.argv[2])
const delayMs = Number(process.argv[3])
/** Everything has the same delay, so the first that came in is the first to go out. */
const onTheWay: Parcel[] = []
let isWatching = false

function send(deliver: () => void): void {
  onTheWay.push({ due: performance.now() + delayMs, deliver })
  if (isWatching) return
  isWatching = true
  setImmediate(watch)
}

function watch(): void {
  const now = performance.now()
  while (onTheWay[0] && onTheWay[0].due <= now) onTheWay.shift()?.deliver()
  isWatching = onTheWay.length > 0
  if (isWatching) setImmediate(watch)
}

function pass(from: Socket, to: Socket): void {
  from.on('data', (chunk) => send(() => to.write(chunk)))
  from.on('end', () => send(() => to.end()))
  from.on('close', () => send(() => to.destroy()))
  // A close follows every error.
  from.on('error', () => {})
}

const server = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
  const far = connect({ port: target, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
  pass(near, far)
  pass(far, near)
})
server.listen(0, '127.0.0.1', () =>
  process.send?.({ kind: 'ready', port: (server.address() as { port: number }).port }),
)
endWithParent()
