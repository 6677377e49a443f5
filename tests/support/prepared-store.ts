/** A store as a workstation has it in the middle of a day: enrolled, configured, counter open, officer signed in. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { DeviceConfig, MallConfig } from '#contract/mall-config.ts'
import { openStore, STORE_FILE, type Store } from '#db/open.ts'
import { createRepositories } from '#db/repositories/index.ts'
import { businessDate } from '#domain/business-date.ts'
import type { HandEntry } from '#domain/desk-command.ts'
import { sha256 } from '#tests/support/sha256.ts'

export const LAUNCH_ID = 'bench'
const SAMPLE_MALL = new URL('../../config/contoh-mpp.json', import.meta.url)

/** People in the hand at the start of each round: a full hall. */
const HALL = 40

/** Prepares `folder` for the counter polres-1, whose server never answers and whose hand is empty. */
export function prepareStore(folder: string): void {
  const store = openStore(folder)
  const repositories = createRepositories(store, sha256)
  const { $schema: _schema, officers, ...mall } = MallConfig.parse(JSON.parse(readFileSync(SAMPLE_MALL, 'utf8')))
  const config: DeviceConfig = {
    ...mall,
    version: 1,
    officers: officers
      .filter((officer) => officer.agencyId === 'polres')
      .map(({ pin: _pin, ...officer }) => ({ ...officer, pinHash: 'scrypt$1024$c2FsdA$aGFzaA' })),
  }
  store.transaction(() => {
    repositories.device.enrol({
      device_id: randomUUID(),
      token: 'x'.repeat(43),
      generation: 1,
      slot: 1,
      role_kind: 'counter',
      role_id: 'polres-1',
      server_url: 'http://127.0.0.1:9',
      server_key: null,
      server_fingerprint: null,
    })
    repositories.device.putConfig(1, JSON.stringify(DeviceConfig.parse(config)))
    repositories.desk.set({
      counter: { counterId: 'polres-1', epoch: 1 },
      open: true,
      officerId: 'petugas-polres-1',
      launchId: LAUNCH_ID,
    })
  })
  store.close()
}

/** Fills the hand of a store that a host has open, over a connection of its own, as the sync engine would. */
export function openFeeder(folder: string) {
  const db = new Database(join(folder, STORE_FILE), { timeout: 5_000 })
  // Checkpoints are the host's work and belong into what is measured of it.
  db.pragma('wal_autocheckpoint = 0')
  const { hand } = createRepositories({ db } as Store, sha256)
  let fed = 0
  return {
    /** Call it before visit number n = 0, 1, 2 ...: keeps a full hall waiting. */
    beforeVisit(n: number): void {
      if (n % HALL !== 0) return
      db.transaction(() => {
        for (let one = 0; one < HALL; one += 1) {
          fed += 1
          hand.grant(entry(fed))
        }
      }).immediate()
    },
    close: () => db.close(),
  }
}

function entry(order: number): HandEntry {
  const now = Date.now()
  const isPriority = order % 10 === 0
  return {
    visitId: randomUUID(),
    entryNo: 1,
    grant: { incarnation: 1, n: order },
    label: `SK-${String(order).padStart(3, '0')}`,
    businessDate: businessDate(now, 'Asia/Makassar'),
    serviceId: 'skck',
    priority: isPriority ? 'elderly' : null,
    isPriority,
    journeyId: null,
    issuedAt: now,
    waitingSince: now,
    order,
  }
}
