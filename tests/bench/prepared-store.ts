/** A store as a workstation has it in the middle of a day: enrolled, configured, counter open, officer signed in. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { DeviceConfig, MallConfig } from '#contract/mall-config.ts'
import { openStore } from '#db/open.ts'
import { createRepositories, type Repositories } from '#db/repositories/index.ts'
import { businessDate } from '#domain/business-date.ts'
import { sha256 } from '#tests/support/sha256.ts'

export const LAUNCH_ID = 'bench'
const SAMPLE_MALL = new URL('../../config/contoh-mpp.json', import.meta.url)

/** Prepares `folder` for the counter polres-1, whose server never answers. */
export function prepareStore(folder: string, entriesInHand: number): void {
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
    })
    repositories.device.putConfig(1, JSON.stringify(DeviceConfig.parse(config)))
    repositories.desk.set({
      counter: { counterId: 'polres-1', epoch: 1 },
      open: true,
      officerId: 'petugas-polres-1',
      launchId: LAUNCH_ID,
    })
    grantMany(repositories, 1, entriesInHand)
  })
  store.close()
}

/** Puts entries number `first` to `last` into the hand, as the sync engine would. */
export function grantMany({ hand }: Pick<Repositories, 'hand'>, first: number, last: number): void {
  const now = Date.now()
  for (let order = first; order <= last; order += 1) {
    hand.grant({
      visitId: randomUUID(),
      entryNo: 1,
      grant: { incarnation: 1, n: order },
      label: `SK-${String(order).padStart(3, '0')}`,
      businessDate: businessDate(now, 'Asia/Makassar'),
      serviceId: 'skck',
      priority: order % 10 === 0 ? 'elderly' : null,
      isPriority: order % 10 === 0,
      journeyId: null,
      issuedAt: now,
      waitingSince: now,
      order,
    })
  }
}
