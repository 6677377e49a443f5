/**
 * The least that can grant an entry over HTTP and keep it: Fastify and better-sqlite3 with one transaction per request. It asks
 * for no token, checks nothing and tells nobody.
 */
import Database from 'better-sqlite3'
import Fastify from 'fastify'
import { endWithParent } from '#tests/bench/end-with-parent.ts'

const [, , file = '', rows = '0'] = process.argv
const db = new Database(file)
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec(`
  create table entry (
    id integer primary key, visit_id text not null, label text not null, service_id text not null,
    status text not null, waiting_since integer not null, device_id text, grant_n integer
  );
  create index entry_waiting on entry (status, waiting_since);
  create table change (seq integer primary key, body text not null);
`)
const fill = db.prepare(
  `insert into entry (visit_id, label, service_id, status, waiting_since) values (?, ?, 'umum', 'waiting', ?)`,
)
db.transaction(() => {
  for (let n = 1; n <= Number(rows); n += 1) fill.run(crypto.randomUUID(), `A-${n}`, Date.now() + n)
})()

const first = db.prepare(`select * from entry where status = 'waiting' order by waiting_since limit 1`)
const take = db.prepare(`update entry set status = 'held', device_id = ?, grant_n = ? where id = ?`)
const tell = db.prepare('insert into change (body) values (?)')
let lastGrant = 0
const grant = db.transaction((deviceId: string) => {
  const row = first.get() as { id: number } | undefined
  if (!row) return []
  lastGrant += 1
  take.run(deviceId, lastGrant, row.id)
  const granted = { ...row, device_id: deviceId, grant_n: lastGrant }
  tell.run(JSON.stringify(granted))
  return [granted]
})

const app = Fastify()
app.post('/improve', async (request) => ({ grants: grant.immediate((request.body as { deviceId: string }).deviceId) }))
const url = await app.listen({ port: 0, host: '127.0.0.1' })
process.send?.({ kind: 'ready', port: Number(new URL(url).port) })
endWithParent()
