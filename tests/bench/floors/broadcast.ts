/**
 * The least that can tell forty clients of a durable row: a WebSocket message comes in, one row is inserted (WAL,
 * synchronous=FULL), the text goes to every client. No names, no checks, no order to keep.
 */
import Database from 'better-sqlite3'
import { WebSocketServer } from 'ws'
import { endWithParent } from '#tests/bench/end-with-parent.ts'
import { sharedClock } from '#tests/bench/shared-clock.ts'

const db = new Database(process.argv[2] ?? '')
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec('create table fact (seq integer primary key, body text not null)')
const insert = db.prepare('insert into fact (body) values (?)')

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const { body, tell } = JSON.parse(String(data)) as { body: string; tell: string }
    const at = sharedClock()
    setImmediate(() => process.send?.({ kind: 'committing', at }))
    insert.run(body)
    for (const client of server.clients) client.send(tell)
  })
})
server.on('listening', () => process.send?.({ kind: 'ready', port: (server.address() as { port: number }).port }))
endWithParent()
