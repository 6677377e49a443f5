/** A server that is updated before its desks, and a desk that is updated before its configuration changes. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { DeviceConfig } from '#contract/mall-config.ts'
import { startTestHost, waitFor } from '#tests/support/in-process-host.ts'
import { openMall } from '#tests/support/mall.ts'

const ZONES = [{ id: 'barat', name: 'Barat', speakerId: 'polres-1', counterIds: ['polres-1'] }]

function stored(dataDir: string): Record<string, unknown> {
  const db = new Database(join(dataDir, 'loket.db'), { readonly: true })
  const { body } = db.prepare('SELECT body FROM config').get() as { body: string }
  db.close()
  return JSON.parse(body)
}

test('a desk takes what it knows of a configuration, and leaves what a newer server adds', async () => {
  const mall = await openMall()
  const { dataDir } = await mall.desk('polres-1')
  const known = DeviceConfig.parse(stored(dataDir))
  const { services, ...others } = known
  const newer = {
    ...others,
    mall: { ...known.mall, openingHours: '08.00-15.00' },
    services: services.map((service) => ({ ...service, colour: 'red' })),
    kiosks: [{ id: 'k1' }],
  }
  expect(DeviceConfig.parse(newer)).toEqual(known)
})

test('a desk that was updated takes what it left out before, though the version is the same', async () => {
  const mall = await openMall((config) => ({ ...config, zones: ZONES }))
  const desk = await mall.desk('polres-1')
  await desk.stop()
  const db = new Database(join(desk.dataDir, 'loket.db'))
  const { zones: _, ...asBefore } = stored(desk.dataDir)
  db.prepare('UPDATE config SET body = ?').run(JSON.stringify(asBefore))
  db.close()
  const updated = startTestHost({ dataDir: desk.dataDir })
  await waitFor(() => stored(desk.dataDir).zones ?? null, 'the zones')
  expect(stored(desk.dataDir).zones).toEqual(ZONES)
  await updated.stop()
})
