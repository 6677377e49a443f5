/** Looks into the two databases, to prove that what was sent is what is stored. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export type Chain = { count: number; lastHash: string }
export type StoredEvent = { seq: number; hash: string; body: string }

function read<T>(file: string, sql: string, ...values: unknown[]): T[] {
  const db = new Database(file, { readonly: true })
  try {
    return db.prepare(sql).all(...values) as T[]
  } finally {
    db.close()
  }
}

/** Every event in a workstation's store, in order. */
export function eventsOfStore(dataDir: string): StoredEvent[] {
  const file = readdirSync(dataDir).find((name) => name.endsWith('.db')) ?? 'loket.db'
  return read(join(dataDir, file), 'select seq, hash, body from event order by seq')
}

/** What the server has of that device. */
export function chainOfServer(folder: string, deviceId: string): Chain {
  const rows = read<{ hash: string }>(
    join(folder, 'mall.db'),
    'select hash from event where device_id = ? order by seq',
    deviceId,
  )
  return { count: rows.length, lastHash: rows.at(-1)?.hash ?? '' }
}
