/**
 * A PouchDB on LevelDB that is full already, and replicates when told: node source.mjs FOLDER BODIES-FILE. The file has one
 * document's body text per line. Messages: {kind: 'go', url} in; 'ready', then 'done' with what the replication counted, out.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import PouchDB from 'pouchdb'

const BATCH = 500
const [, , folder, file] = process.argv
const db = new PouchDB(join(folder, 'source'), { adapter: 'leveldb' })
const docs = readFileSync(file, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((body, index) => ({ _id: String(index + 1).padStart(10, '0'), body }))
for (let at = 0; at < docs.length; at += BATCH) await db.bulkDocs(docs.slice(at, at + BATCH))

process.on('message', async ({ kind, url }) => {
  if (kind !== 'go') return
  const target = new PouchDB(`${url}/target`)
  const result = await db.replicate.to(target, { batch_size: BATCH })
  process.send({ kind: 'done', written: result.docs_written, failures: result.doc_write_failures })
  const { doc_count } = await target.info()
  process.send({ kind: 'stored', count: doc_count })
})
process.on('SIGTERM', () => process.exit(0))
process.on('disconnect', () => process.exit(0))
process.send({ kind: 'ready' })
