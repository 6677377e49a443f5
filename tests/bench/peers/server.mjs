/** express-pouchdb on LevelDB, with only the routes that PouchDB needs. node server.mjs FOLDER */
import { join } from 'node:path'
import express from 'express'
import expressPouchdb from 'express-pouchdb'
import PouchDB from 'pouchdb'

const folder = process.argv[2]
// A prefix that ends in a slash names a folder.
const OnDisk = PouchDB.defaults({ prefix: join(folder, '/'), adapter: 'leveldb' })
const app = express()
app.use(expressPouchdb(OnDisk, { mode: 'minimumForPouchDB', inMemoryConfig: true }))
const server = app.listen(0, '127.0.0.1', () => process.send({ kind: 'ready', port: server.address().port }))
process.on('SIGTERM', () => process.exit(0))
process.on('disconnect', () => process.exit(0))
