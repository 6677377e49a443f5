/**
 * A display's cable pulled and put back, again and again: after each time the newest number is on the display, and the process
 * that drives it holds no more memory and no more open files than before.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { startProgram } from '#tests/bench/processes.ts'
import type { Held, Order } from '#tests/bench/product/plugged-display.ts'
import { type Figure, figure, quantile } from '#tests/bench/result.ts'

const PATIENCE_MS = 10_000
const PER = 1_000

export type ReplugSize = { cycles: number; warmUp: number; sampleEvery: number }

export async function replug({ cycles, warmUp, sampleEvery }: ReplugSize): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'loket-replug-'))
  const path = join(folder, 'near')
  const program = join(import.meta.dirname, 'product/plugged-display.ts')
  const display = await startProgram(program, { args: [path], nodeArgs: ['--expose-gc'] })
  const tell = (order: Order) => display.child.send(order)
  const measure = () => {
    const held = display.next<Held>((message) => (message as Held).kind === 'held')
    tell('measure')
    return held
  }
  const took: number[] = []
  const samples: [cycle: number, held: Held][] = []
  try {
    for (let cycle = 0; cycle < warmUp + cycles; cycle += 1) {
      const number = `A-${String(cycle % PER).padStart(3, '0')}`
      tell({ show: number })
      const began = performance.now()
      await showsAfterPlugIn(path, number)
      took.push(performance.now() - began)
      if (cycle >= warmUp && (cycle - warmUp) % sampleEvery === 0) samples.push([cycle, await measure()])
    }
    samples.push([warmUp + cycles, await measure()])
  } finally {
    await display.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const leaked = (samples.at(-1)?.[1].descriptors ?? 0) - (samples[0]?.[1].descriptors ?? 0)
  if (leaked > 0) throw new Error(`${leaked} open files more after ${cycles} cycles`)
  const slope = slopeOf(samples.map(([cycle, { megabytes }]) => [cycle, megabytes]))
  const growth = (samples.at(-1)?.[1].megabytes ?? 0) - (samples[0]?.[1].megabytes ?? 0)
  return [
    figure('led.replug.rss', 'MB', slope * PER, cycles),
    figure('led.replug.growth', 'MB', growth, cycles),
    figure('led.replug.p99', 'ms', quantile(took.slice(warmUp), 0.99), cycles),
  ]
}

/** Puts the cable in, waits until the far end shows the number, and pulls it again. */
async function showsAfterPlugIn(path: string, number: string): Promise<void> {
  const reader = createDisplayReader('cd5220')
  // The near end is a pseudo terminal; what goes through it comes out of the program.
  const cable = spawn('socat', [`pty,raw,echo=0,link=${path}`, 'STDIO'], { stdio: ['pipe', 'pipe', 'inherit'] })
  try {
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${number} was never shown`)), PATIENCE_MS)
      cable.stdout.on('data', (bytes: Buffer) => {
        reader.feed(bytes)
        if (reader.shown() !== `ANTREAN ${number}\nLOKET 3`) return
        clearTimeout(late)
        resolve()
      })
    })
  } finally {
    await pull(cable)
    rmSync(path, { force: true })
  }
}

async function pull(cable: ChildProcess): Promise<void> {
  const gone = once(cable, 'exit')
  cable.kill('SIGKILL')
  await gone
}

/** Of the straight line through the points with the least squares. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const above = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0)
  return above / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
}
