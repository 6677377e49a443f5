/** A local network between two programs: whatever goes through arrives half a millisecond later, in either direction. */
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { type Program, startProgram } from '#tests/bench/processes.ts'
import { median, quantile } from '#tests/bench/result.ts'

export const LAN_MS = 0.5
const PINGS = 1_000

export type Lan = { url: string; program: Program }

export async function startLan(target: number): Promise<Lan> {
  const program = await startProgram(join(import.meta.dirname, 'lan-process.ts'), {
    args: [String(target), String(LAN_MS)],
  })
  return { url: `http://127.0.0.1:${program.ready.port}`, program }
}

/** What a round trip through such a network takes beyond one without it, in ms: 1 would be exact. */
export async function measureLan(): Promise<{ p50: number; p99: number; runs: number }> {
  const echo = createServer({ noDelay: true }, (socket) => socket.pipe(socket))
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  const { port } = echo.address() as { port: number }
  const lan = await startLan(port)
  const direct = await pings(port)
  const through = await pings(Number(new URL(lan.url).port))
  await lan.program.stop()
  echo.close()
  const own = median(direct)
  return { p50: median(through) - own, p99: quantile(through, 0.99) - own, runs: PINGS }
}

async function pings(port: number): Promise<number[]> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const times: number[] = []
  for (let n = 0; n < PINGS; n += 1) {
    const answered = new Promise((resolve) => socket.once('data', resolve))
    const start = performance.now()
    socket.write('x')
    await answered
    times.push(performance.now() - start)
  }
  socket.destroy()
  return times
}
