/** A receipt printer's network socket: keeps the bytes of every job that was sent to it. */
import { createServer } from 'node:net'

export type PaperCatcher = { port: number; jobs(): Buffer[]; close(): Promise<void> }

export async function catchPaper(): Promise<PaperCatcher> {
  const jobs: Buffer[] = []
  const server = createServer((socket) => {
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    // A cut connection is the sender's to report; what arrived is kept either way.
    socket.on('error', () => socket.destroy())
    socket.on('end', () => {
      jobs.push(Buffer.concat(chunks))
      socket.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the listener has no port')
  return {
    port: address.port,
    jobs: () => [...jobs],
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
