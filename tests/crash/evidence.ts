/** What is on the disks when everything has ended, as plain data. */

import { join } from 'node:path'
import { openForReading, STORE_FILE } from '#db/open.ts'
import { createRepositories } from '#db/repositories/index.ts'
import { verifyStore } from '#db/verify.ts'
import type { EventBody } from '#domain/events.ts'
import { openStore } from '#server/store/open.ts'
import { verifyMall } from '#server/verify/verify-mall.ts'
import { CRASH_MALL, PLACES, type Place } from '#tests/crash/crash-mall.ts'
import { deskFolder, serverFolder } from '#tests/crash/world.ts'
import { sha256 } from '#tests/support/sha256.ts'

export type DeskEvent = Pick<EventBody, 'type' | 'data' | 'at' | 'seq'> & { hash: string }

export type DeskEvidence = {
  desk: string
  deviceId: string
  /** The whole log in order. */
  events: readonly DeskEvent[]
  /** By command id: the stored result as JSON, and when it was stored. */
  results: ReadonlyMap<string, { json: string; at: number }>
  /** `visit/entry` of every entry that the desk knows. */
  entries: ReadonlySet<string>
  /** What the store's own check has to say. */
  faults: readonly string[]
}

export type ServerEvidence = {
  /** By device id. */
  events: ReadonlyMap<string, readonly { seq: number; hash: string; receivedAt: number }[]>
  visits: ReadonlySet<string>
  /** 1 unless the server found out that it had forgotten what it once acknowledged. */
  incarnation: number
  /** What the server's own check has to say, and what it found about events. */
  faults: readonly string[]
  findings: readonly string[]
}

export type Evidence = { desks: readonly DeskEvidence[]; server: ServerEvidence }

export async function readEvidence(folder: string): Promise<Evidence> {
  return { desks: PLACES.map((place) => readDesk(folder, place)), server: await readServer(folder) }
}

function readDesk(folder: string, place: Place): DeskEvidence {
  const store = openForReading(join(deskFolder(folder, place), STORE_FILE))
  try {
    const repositories = createRepositories(store, sha256)
    const { findings } = verifyStore(store, repositories, sha256)
    const commands = store.db
      .prepare<[], { command_id: string; result: string; at: number }>('SELECT command_id, result, at FROM command')
      .all()
    return {
      desk: place.name,
      deviceId: repositories.device.get()?.device_id ?? '',
      events: [...repositories.events.rows()].map(({ seq, hash, body }) => {
        const { type, data, at } = JSON.parse(body) as EventBody
        return { seq, hash, at, type, data } as DeskEvent
      }),
      results: new Map(commands.map(({ command_id, result, at }) => [command_id, { json: result, at }])),
      entries: new Set(repositories.entries.all().map((row) => `${row.visit_id}/${row.entry_no}`)),
      faults: findings.map(({ table, key, what }) => `${table} ${key}: ${what}`),
    }
  } finally {
    store.close()
  }
}

async function readServer(folder: string): Promise<ServerEvidence> {
  const db = await openStore(serverFolder(folder), { mustExist: true })
  try {
    const rows = await db
      .selectFrom('event')
      .select(['device_id', 'seq', 'hash', 'received_at as receivedAt'])
      .orderBy('device_id')
      .orderBy('generation')
      .orderBy('seq')
      .execute()
    const visits = await db.selectFrom('visit').select('id').execute()
    const { incarnation } = await db.selectFrom('server_state').select('incarnation').executeTakeFirstOrThrow()
    const findings = await db.selectFrom('finding').select(['device_id', 'seq', 'code']).execute()
    const { faults } = await verifyMall(db, CRASH_MALL.mall.id, null)
    return {
      events: Map.groupBy(rows, ({ device_id }) => device_id),
      incarnation,
      visits: new Set(visits.map(({ id }) => id)),
      faults: faults.map(({ where, what }) => `${where}: ${what}`),
      findings: findings.map(({ device_id, seq, code }) => `${code} ${device_id}/${seq}`),
    }
  } finally {
    await db.destroy()
  }
}
