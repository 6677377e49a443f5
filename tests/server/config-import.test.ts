import { expect, test } from 'vitest'
import type { MallConfig } from '#contract/mall-config.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

async function versionsAfter(second: MallConfig) {
  const mall = await TestMall.start()
  await mall.close()
  const again = await TestMall.start({ dataDir: mall.dataDir, config: second })
  const rows = await again.db.selectFrom('config_version').select(['version', 'body']).orderBy('version').execute()
  const hashes = rows.map(({ body }) => {
    const officers = JSON.parse(body).officers as { id: string; pinHash: string }[]
    return new Map(officers.map((officer) => [officer.id, officer.pinHash]))
  })
  return { mall: again, versions: rows.map((row) => row.version), hashes }
}

test('the same content again is the same version, also with another $schema or order of keys', async () => {
  const { mall, ...rest } = TEST_CONFIG
  const { versions } = await versionsAfter({ ...rest, mall: { ...mall }, $schema: './mall.schema.json' })

  expect(versions).toEqual([1])
})

test('a changed content is the next version, and unchanged PINs keep their hash', async () => {
  const services = TEST_CONFIG.services.map((service) => ({ ...service, standardMinutes: 20 }))
  const { versions, hashes } = await versionsAfter({ ...TEST_CONFIG, services })

  expect(versions).toEqual([1, 2])
  expect(hashes[1]).toEqual(hashes[0])
})

test('a changed PIN is a new version with a new hash for that officer alone', async () => {
  const officers = TEST_CONFIG.officers.map((officer) =>
    officer.id === 'ayu' ? { ...officer, pin: '888880' } : officer,
  )
  const { versions, hashes } = await versionsAfter({ ...TEST_CONFIG, officers })

  expect(versions).toEqual([1, 2])
  const changed = [...(hashes[1] ?? [])].filter(([id, hash]) => hashes[0]?.get(id) !== hash).map(([id]) => id)
  expect(changed).toEqual(['ayu'])
})

test('devices learn of a new version by the stream', async () => {
  const { mall } = await versionsAfter({ ...TEST_CONFIG, journeys: [] })
  const device = await mall.counter('polres-1')
  const reader = await device.changes()

  expect(await reader.untilCaughtUp()).toContainEqual({ kind: 'config', version: 2 })
  await reader.close()
})

test('the data of one mall is not opened with the configuration of another', async () => {
  const mall = await TestMall.start()
  await mall.close()
  const other = { ...TEST_CONFIG, mall: { ...TEST_CONFIG.mall, id: 'mal-lain' } }

  await expect(TestMall.start({ dataDir: mall.dataDir, config: other })).rejects.toMatchObject({
    code: 'MALL_MISMATCH',
  })
})

test('a configuration that breaks a rule is refused with the rule', async () => {
  const wrong = { ...TEST_CONFIG, frontDesks: [] }

  await expect(TestMall.start({ config: wrong })).rejects.toMatchObject({
    code: 'CONFIG_WRONG',
    message: expect.stringContaining('frontDesks TOO_SMALL'),
  })
})
