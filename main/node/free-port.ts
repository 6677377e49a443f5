/** Finds a port of the loopback address that nobody listens on. */
import { createServer } from 'node:net'

const TRIES = 50

/** The first free port from `first` on; throws when there is none in the next fifty. */
export async function freePort(first: number): Promise<number> {
  for (let port = first; port < first + TRIES; port += 1) if (await isFree(port)) return port
  throw new Error(`Tidak ada port yang bebas antara ${first} dan ${first + TRIES - 1}.`)
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(error)
    })
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
