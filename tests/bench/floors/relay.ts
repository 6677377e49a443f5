/**
 * The least that can pass one thing from a desk to another through a server, each making it durable before it says so:
 * `relay.ts server FILE` and, twice, `relay.ts desk FILE PORT`. A desk that is sent `go` asks; the server inserts a row and asks the other desk,
 * which inserts one and answers; the server inserts one more and answers the first, which inserts the last.
 */
import { connect, createServer, type Socket } from 'node:net'
import Database from 'better-sqlite3'
import { endWithParent } from '#tests/bench/end-with-parent.ts'

const [, , role, file = '', port = '0'] = process.argv
const db = new Database(file)
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec('create table fact (seq integer primary key, body text not null)')
// As long as what is measured has it (decision 0002).
db.pragma('cache_size = 10')
db.exec('begin; create table reserve (pages blob); insert into reserve values (zeroblob(4200000)); rollback')
db.pragma('cache_size = -16000')
const insert = db.prepare('insert into fact (body) values (?)')
const BODY = 'x'.repeat(400)

/** There is one message on the way at a time, so each chunk is one. */
function onMessage(socket: Socket, take: (message: string) => void): void {
  socket.setNoDelay(true).on('data', (chunk) => {
    insert.run(BODY)
    take(String(chunk))
  })
}

if (role === 'server') {
  const desks: Socket[] = []
  const server = createServer((socket) => {
    desks.push(socket)
    // A question goes to the other desk, its answer back to the first.
    onMessage(socket, (message) => desks.find((one) => one !== socket)?.write(message === 'ask' ? 'recall' : 'grant'))
  })
  server.listen(0, '127.0.0.1', () =>
    process.send?.({ kind: 'ready', port: (server.address() as { port: number }).port }),
  )
} else {
  const socket = connect(Number(port), '127.0.0.1', () => process.send?.({ kind: 'ready' }))
  onMessage(socket, (message) => {
    if (message === 'recall') socket.write('released')
    else process.send?.({ kind: 'done' })
  })
  process.on('message', () => socket.write('ask'))
}
endWithParent()
