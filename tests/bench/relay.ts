/** The way of a recall without the product: two bare desks and a bare server on the same kind of network, with as many commits. */
import { join } from 'node:path'
import { startLan } from '#tests/bench/lan.ts'
import { type Program, startProgram } from '#tests/bench/processes.ts'

const SCRIPT = join(import.meta.dirname, 'floors/relay.ts')

export type Relay = { pass(): Promise<number>; stop(): Promise<void> }

export async function startRelay(folder: string): Promise<Relay> {
  const file = (name: string) => join(folder, `relay-${name}.db`)
  const server = await startProgram(SCRIPT, { args: ['server', file('server')] })
  const network = await startLan(server.ready.port ?? 0)
  const { port } = new URL(network.url)
  const desk = (name: string) => startProgram(SCRIPT, { args: ['desk', file(name), port] })
  const asking = await desk('asking')
  const holding = await desk('holding')
  return {
    /** From the question until the asking desk has made the answer durable, in ms. */
    async pass() {
      const start = performance.now()
      const done = asking.next((message) => (message as { kind?: string }).kind === 'done')
      asking.child.send('go')
      await done
      return performance.now() - start
    },
    async stop() {
      const programs: Program[] = [asking, holding, network.program, server]
      for (const program of programs) await program.stop()
    },
  }
}
