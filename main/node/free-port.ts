/** Finds a port of the loopback address that nobody listens on. */
import { createServer } from 'node:net'

const TRIES = 50

/** The first free port from `first` on; throws when there is none in the next fifty. */
export function freePort(first: number): Promise<number> {
  return onFirstFreePort(first, async (port) => ((await isFree(port)) ? port : null))
}

/**
 * Takes the first port that nobody else has: `take` answers null when the port is in use. Surer than freePort, because a
 * port that was free a moment ago may be gone.
 */
export async function onFirstFreePort<T>(first: number, take: (port: number) => Promise<T | null>): Promise<T> {
  for (let port = first; port < first + TRIES; port += 1) {
    const taken = await take(port)
    if (taken !== null) return taken
  }
  throw new Error(`Tidak ada port yang bebas antara ${first} dan ${first + TRIES - 1}.`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(error)
    })
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
