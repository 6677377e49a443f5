/** What a server process has just committed: told to the streams from memory, in the turn of the commit. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { Change } from '#contract/wire/changes.ts'
import { deviceAudience } from '#server/queue/audience.ts'
import { addChanges, newestChange } from '#server/queue/changes.ts'
import { streamChanges } from '#server/stream/change-stream.ts'
import { HeldReader } from '#tests/server/support/held-reader.ts'
import { asAuthenticated, contextOfMall } from '#tests/server/support/mall-context.ts'
import { MORNING, TestMall } from '#tests/server/support/test-mall.ts'
import { PACKED, unpacked } from '#tests/server/support/unpacked.ts'
import { eventually } from '#tests/support/eventually.ts'

const some = (count: number) => new Array<Change>(count).fill({ kind: 'handed_over', visitId: 'x' })

/** Streams of one front desk, and commits of which its mall's bell is told as after any transaction. */
async function streaming() {
  const mall = await TestMall.start()
  const device = asAuthenticated(await mall.frontDesk())
  const context = await contextOfMall(mall)
  const { db, bell, mallId } = context
  const mine = deviceAudience(mallId, device.id)
  const commit = async (audience = mine, told = some(1)) => {
    const news = told.map((change) => ({ audience, businessDate: null, change }))
    const changes = await db.transact(mallId, (trx) => addChanges(trx, mallId, news))
    return { seq: changes[0]?.seq ?? 0, tell: () => bell.tell({ mallId, changes, woken: new Set() }) }
  }
  const open = async ({ isPacked = false } = {}) => {
    const out = new HeldReader()
    const streamed = streamChanges(context, device, out, {
      after: await newestChange(db, mallId),
      heartbeatMs: 60_000,
      isPacked,
    })
    await eventually(() => expect(out.isCaughtUp).toBe(true))
    const close = async () => {
      out.destroy()
      await streamed
    }
    return { out, streamed, close }
  }
  const revoke = () => db.updateTable('device').set({ revoked_at: MORNING }).where('id', '=', device.id).execute()
  return { bell, mine, commit, open, revoke }
}

const seqs = (out: HeldReader) => out.told.flat().map(({ id }) => id)

test('is on its way to the others in the turn of the commit, before it is answered', async () => {
  const { commit, open } = await streaming()
  const { out, close } = await open()
  const first = await commit()
  const second = await commit()
  first.tell()
  expect(seqs(out)).toEqual([first.seq])
  await new Promise(setImmediate)
  second.tell()
  expect(seqs(out)).toEqual([first.seq, second.seq])
  await close()
})

test('goes out in the same turn packed when it is long and the device takes that', async () => {
  const { mine, commit, open } = await streaming()
  const { out, close } = await open({ isPacked: true })
  const { seq, tell } = await commit(mine, some(100))
  tell()
  const message = out.messages.at(-1) ?? ''
  expect(message).toMatch(PACKED)
  const told = [...unpacked(message).matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
  expect(told).toEqual(Array.from({ length: 100 }, (_, index) => seq + index))
  await close()
})

test.each([
  ['as it is', 1, false],
  ['packed', 100, true],
])('a configuration that is newer is the last that the stream tells, in a page %s', async (_how, count, isPacked) => {
  const { mine, commit, open } = await streaming()
  const { out, streamed } = await open({ isPacked })
  const before = out.messages.length
  const around = (version: number): Change[] => [...some(count), { kind: 'config', version }, ...some(count)]
  const known = await commit(mine, around(1))
  known.tell()
  const newer = await commit(mine, around(2))
  const late = await commit(mine)
  newer.tell()
  late.tell()

  await streamed
  const told = out.messages.slice(before)
  expect(told.map((message) => message.startsWith('event: packed'))).toEqual([isPacked, isPacked])
  expect(told.map((message) => unpacked(message).match(/^id: /gm)?.length)).toEqual([2 * count + 1, count + 1])
})

test('waits for a reader that has no room, and goes out in one message when it has', async () => {
  const { commit, open } = await streaming()
  const { out, close } = await open()
  out.hold()
  const told: number[] = []
  for (let n = 1; n <= 10; n += 1) {
    const { seq, tell } = await commit()
    tell()
    told.push(seq)
  }
  out.release()
  await eventually(() => expect(seqs(out)).toEqual(told))

  // One was taken, one lay before it, and nothing more was written until both were read.
  expect(out.told.map((message) => message.length).filter((length) => length > 0)).toEqual([1, 1, 8])
  await close()
})

test('is not told to a device that was revoked in the same turn', async () => {
  const { bell, mine, commit, open, revoke } = await streaming()
  const { out, streamed } = await open()
  const { tell } = await commit()
  await revoke()
  bell.ring([mine])
  tell()

  await streamed
  expect(seqs(out)).toEqual([])
})

test('is told whole, once and in its order, however slowly it is read and whoever else commits', async () => {
  const { bell, mine, commit, open } = await streaming()
  const act = fc.constantFrom('commit', 'commit', 'of another', 'elsewhere', 'look', 'hold', 'release', 'turn')
  // A number: so far the stream has come with looking for itself when it is told.
  const step = fc.oneof(act, fc.nat({ max: 60 }))
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { out, close } = await open()
      const expected: number[] = []
      for (const now of steps) {
        if (now === 'commit' || typeof now === 'number') {
          const { seq, tell } = await commit()
          expected.push(seq)
          if (now !== 'commit') {
            bell.ring([mine])
            for (let turn = 0; turn < now; turn += 1) await Promise.resolve()
          }
          tell()
        }
        if (now === 'of another') (await commit('mal-uji:device:lain')).tell()
        // By another server on this database: nobody here is told of it.
        if (now === 'elsewhere') expected.push((await commit()).seq)
        if (now === 'look') bell.ring([mine])
        if (now === 'hold') out.hold()
        if (now === 'release') out.release()
        if (now === 'turn') await new Promise(setImmediate)
      }
      out.release()
      bell.ring([mine])
      // Short: a failing run is shrunk, each step waiting as long.
      await vi.waitFor(() => expect(seqs(out).length).toBeGreaterThanOrEqual(expected.length), { interval: 1 })
      await close()
      expect(seqs(out)).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})
