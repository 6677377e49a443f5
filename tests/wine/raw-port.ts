/** A printer on a network port that takes everything and says nothing: each connection is one job. */
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

export async function startRawPort(): Promise<{ port: number; jobs: Buffer[]; stop(): void }> {
  const jobs: Buffer[] = []
  const server = createServer((socket) => {
    const pieces: Buffer[] = []
    socket.on('error', () => {})
    socket.on('data', (piece) => pieces.push(piece))
    socket.on('end', () => {
      jobs.push(Buffer.concat(pieces))
      socket.end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, jobs, stop: () => server.close() }
}
