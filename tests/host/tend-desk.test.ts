/** What a whole host does although nobody presses anything. The clock is the test's; the host looks at it every few seconds. */
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '#db/open.ts'
import { createRepositories } from '#db/repositories/index.ts'
import { startTestHost } from '#tests/support/in-process-host.ts'
import { memorySidecar } from '#tests/support/memory-sidecar.ts'
import { LAUNCH_ID, prepareStore } from '#tests/support/prepared-store.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'
import { NINE } from '#tests/support/test-desk.ts'

const MINUTE = 60_000

function hostAtNine() {
  const dataDir = tempFolder()
  prepareStore(dataDir)
  knowMallTime(dataDir)
  const time = { wall: NINE, monotonic: 1_000_000 }
  const clock = { now: () => time.wall, mono: () => time.monotonic, bootId: 'boot-1' }
  const host = startTestHost({ dataDir, clock, sidecar: memorySidecar(), launchId: LAUNCH_ID })
  onTestFinished(() => host.stop())
  return { ...host, time }
}

/** What the server said of the time when it was last heard. */
function knowMallTime(dataDir: string): void {
  const store = openStore(dataDir)
  const { device } = createRepositories(store, sha256)
  const anchor = { clock_offset: 0, anchor_server: NINE, anchor_mono: 1_000_000, anchor_boot: 'boot-1' }
  store.transaction(() => device.set(anchor))
  store.close()
}

it('locks a desk that nobody touches, and tells the screens', async () => {
  const { time, until, client, desk } = hostAtNine()
  expect(desk()).toMatchObject({ locked: null, open: true })
  time.wall += 10 * MINUTE
  time.monotonic += 10 * MINUTE
  await until(({ locked }) => locked !== null, 'the lock')
  expect(await client.invoke('counter.close', { commandId: crypto.randomUUID() })).toMatchObject({ code: 'LOCKED' })
})

it('tells the screens when this PC’s clock goes wrong, and when it is right again', async () => {
  const { time, until } = hostAtNine()
  time.wall += 7 * MINUTE
  const wrong = await until(({ pcClockMinutes }) => pcClockMinutes === 7, 'the wrong clock')
  expect(wrong.at).toBe(NINE)
  time.wall -= 7 * MINUTE
  await until(({ pcClockMinutes }) => pcClockMinutes === 0, 'the right clock')
})
