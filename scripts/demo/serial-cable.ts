/** A serial cable to a display: two pseudo terminals joined by socat, read at the far end with serialport. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { SerialPort } from 'serialport'

export type SerialCable = {
  /** The counter's end. */
  path: string
  /** Everything that arrived at the display's end so far. */
  received(): Buffer
  /** When the newest byte arrived, epoch ms; 0 before the first. */
  lastArrival(): number
  unplug(): Promise<void>
}

export function hasSocat(): boolean {
  return spawnSync('socat', ['-V'], { stdio: 'ignore' }).status === 0
}

export async function openCable(folder: string, name: string): Promise<SerialCable> {
  const path = join(folder, `${name}-near`)
  const farPath = join(folder, `${name}-far`)
  const socat = spawn('socat', [`pty,raw,echo=0,link=${path}`, `pty,raw,echo=0,link=${farPath}`], { stdio: 'ignore' })
  await bothEnds(path, farPath)
  const far = new SerialPort({ path: farPath, baudRate: 9600, autoOpen: false })
  const chunks: Buffer[] = []
  let lastArrival = 0
  far.on('data', (chunk: Buffer) => {
    lastArrival = performance.timeOrigin + performance.now()
    chunks.push(chunk)
  })
  await new Promise<void>((resolve, reject) => far.open((error) => (error ? reject(error) : resolve())))
  return {
    path,
    received: () => Buffer.concat(chunks),
    lastArrival: () => lastArrival,
    async unplug() {
      await new Promise<void>((resolve) => far.close(() => resolve()))
      await ended(socat)
    },
  }
}

async function bothEnds(...paths: string[]): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (paths.every((path) => existsSync(path))) return
    await delay(5)
  }
  throw new Error('socat made no pseudo terminals within two seconds')
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill()
  await gone
}
