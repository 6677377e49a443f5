/** What a whole host does although nobody presses anything. The clock is the test's; the host looks at it every few seconds. */
import { expect, it, onTestFinished } from 'vitest'
import type { DeviceConfig } from '#contract/mall-config.ts'
import { openStore } from '#db/open.ts'
import { createRepositories } from '#db/repositories/index.ts'
import { startTestHost } from '#tests/support/in-process-host.ts'
import { must } from '#tests/support/mall.ts'
import { memorySidecar } from '#tests/support/memory-sidecar.ts'
import { LAUNCH_ID, prepareStore } from '#tests/support/prepared-store.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'
import { NINE } from '#tests/support/test-desk.ts'

const MINUTE = 60_000

function hostAtNine() {
  const dataDir = tempFolder()
  prepareStore(dataDir)
  prepareDay(dataDir)
  return { dataDir, ...startAt(dataDir) }
}

function startAt(dataDir: string) {
  const time = { wall: NINE, monotonic: 1_000_000 }
  const clock = { now: () => time.wall, mono: () => time.monotonic, bootId: 'boot-1' }
  const host = startTestHost({ dataDir, clock, sidecar: memorySidecar(), launchId: LAUNCH_ID })
  onTestFinished(() => host.stop())
  return { ...host, time }
}

/** What the server said of the time when it was last heard, and a prayer at half past nine of this Saturday. */
function prepareDay(dataDir: string): void {
  const store = openStore(dataDir)
  const { device } = createRepositories(store, sha256)
  const anchor = { clock_offset: 0, anchor_server: NINE, anchor_mono: 1_000_000, anchor_boot: 'boot-1' }
  const config = JSON.parse(device.config()?.body ?? '') as DeviceConfig
  // Who may also see to the devices.
  const officers = config.officers.map((officer) => ({ ...officer, roles: ['officer', 'technician'] }))
  const pauses = [{ weekday: 'saturday', from: '09:30', to: '10:15', reason: 'prayer' }]
  store.transaction(() => {
    device.set(anchor)
    device.putConfig(1, JSON.stringify({ ...config, officers, pauses, lockAfterMinutes: 240 }))
  })
  store.close()
}

it('locks a desk that nobody touches, whatever its page asks by itself, and tells the screens', async () => {
  const { time, until, client, desk } = hostAtNine()
  expect(desk()).toMatchObject({ locked: null, open: true })
  time.wall += 239 * MINUTE
  time.monotonic += 239 * MINUTE
  await must(client.invoke('devices.list', {}))
  await must(client.invoke('devices.traffic', { after: 0 }))
  time.wall += MINUTE
  time.monotonic += MINUTE
  await until(({ locked }) => locked !== null, 'the lock')
  expect(await client.invoke('counter.close', { commandId: crypto.randomUUID() })).toMatchObject({ code: 'LOCKED' })
})

it('announces a planned pause and begins it, cut off from the server, also when it was restarted meanwhile', async () => {
  const first = hostAtNine()
  first.time.wall += 25 * MINUTE
  first.time.monotonic += 25 * MINUTE
  const { pauseAhead } = await first.until((snapshot) => snapshot.pauseAhead !== null, 'the announcement')
  expect(pauseAhead).toMatchObject({ reason: 'prayer', at: NINE + 30 * MINUTE })
  await first.stop()
  const second = startAt(first.dataDir)
  second.time.wall += 31 * MINUTE
  second.time.monotonic += 31 * MINUTE
  const { pause, connection } = await second.until((snapshot) => snapshot.pause !== null, 'the pause')
  expect(pause).toMatchObject({ reason: 'prayer', scheduled: true, backAt: NINE + 75 * MINUTE })
  expect(connection.state).toBe('offline')
})

it('tells the screens when this PC’s clock goes wrong, and when it is right again', async () => {
  const { time, until } = hostAtNine()
  time.wall += 7 * MINUTE
  const wrong = await until(({ pcClockMinutes }) => pcClockMinutes === 7, 'the wrong clock')
  expect(wrong.at).toBe(NINE)
  time.wall -= 7 * MINUTE
  await until(({ pcClockMinutes }) => pcClockMinutes === 0, 'the right clock')
})
