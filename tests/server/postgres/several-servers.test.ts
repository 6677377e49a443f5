/** Two servers on one PostgreSQL are one mall. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MallConfig } from '#contract/mall-config.ts'
import type { Change } from '#contract/wire/changes.ts'
import type { Grant } from '#contract/wire/hands.ts'
import { PostgresBell } from '#server/stream/postgres-bell.ts'
import { ChangeReader } from '#tests/server/support/change-reader.ts'
import { runSql } from '#tests/server/support/postgres.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { MORNING, TestMall } from '#tests/server/support/test-mall.ts'

async function twoServers(config: MallConfig = TEST_CONFIG): Promise<[TestMall, TestMall]> {
  const one = await TestMall.start({ config })
  return [one, await TestMall.start({ config, database: one.database ?? '' })]
}

async function nextGrant(reader: ChangeReader): Promise<Grant> {
  for (;;) {
    const change = await reader.next()
    if (change.kind === 'granted') return change.grant
  }
}

test('what one server takes in is dealt to a device at the other, which hears of it at once', async () => {
  const [one, two] = await twoServers()
  const counter = await one.counter('polres-1')
  const desk = await two.frontDesk()
  await counter.open()
  const reader = await counter.changes()
  await reader.untilCaughtUp()

  const visitId = await desk.issue('P-001', 'hilang')

  expect(await nextGrant(reader)).toMatchObject({ visitId, label: 'P-001' })
  await reader.close()
})

test('a call taken in by one server is heard at the other by the PC that speaks for the zone, and that it is over', async () => {
  const zone = { id: 'barat', name: 'Barat', speakerId: 'penerima-2', counterIds: ['polres-1'] }
  const [one, two] = await twoServers({ ...TEST_CONFIG, zones: [zone] })
  const counter = await one.counter('polres-1')
  await counter.open()
  await (await one.frontDesk()).issue('P-001', 'hilang')
  const [grant] = await counter.grants()
  if (!grant) throw new Error('nothing was granted')
  const reader = await (await two.frontDesk('penerima-2')).changes()
  await reader.untilCaughtUp()
  const nextCall = async () => (await reader.take(2)).find(({ kind }) => kind === 'call')

  counter.recordCall(grant)
  await counter.push()
  expect(await nextCall()).toMatchObject({ label: 'P-001', counterId: 'polres-1', calledAt: MORNING })
  counter.recordServing(grant)
  await counter.push()
  expect(await nextCall()).toMatchObject({ label: 'P-001', counterId: 'polres-1', calledAt: null })
  await reader.close()
})

/** Ends every connection on which a server listens. */
const cutEars = (database = '') =>
  runSql(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query ilike 'listen %'`,
    database,
  )

test('a server whose ear was cut off misses nothing', async () => {
  const [one, two] = await twoServers()
  const counter = await one.counter('polres-1')
  const desk = await two.frontDesk()
  await counter.open()
  const reader = await counter.changes()
  await reader.untilCaughtUp()

  for (let round = 1; round <= 5; round += 1) {
    await cutEars(one.database)
    const visitId = await desk.issue(`P-00${round}`, 'hilang')
    expect(await nextGrant(reader)).toMatchObject({ visitId })
  }
  await reader.close()
})

test('after its ear was cut off a server rings for everybody, although nobody told it anything', async () => {
  const mall = await TestMall.start()
  const bell = await PostgresBell.connect(mall.database ?? '')
  const rung = bell.listen(['siapa saja']).rung()

  await cutEars(mall.database)

  await rung
  await bell.close()
})

test('a change for more audiences than one notification holds reaches all of them', async () => {
  const [one, two] = await twoServers()
  const [here, there] = await Promise.all([one, two].map(({ database = '' }) => PostgresBell.connect(database)))
  const audiences = Array.from({ length: 900 }, (_, index) => `layanan:${index}:"ü"`)
  const listeners = audiences.map((audience) => there?.listen([audience]))
  const rung = Promise.all(listeners.map((listener) => listener?.rung()))

  await one.db.transact('mal-uji', async (trx) => here?.announce(trx, new Set(audiences)))

  await rung
  await Promise.all([here?.close(), there?.close()])
})

type Act = { kind: 'issue' | 'improve' | 'callNext'; who: number; service: 'ktp' | 'kk' | 'hilang' }

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('issue', 'issue', 'improve', 'callNext'),
  who: fc.nat(3),
  service: fc.constantFrom('ktp', 'ktp', 'kk', 'hilang'),
})
/** Every device does its own acts in order; the devices do theirs at the same time. */
const rounds = fc.array(fc.array(act, { minLength: 3, maxLength: 8 }), { minLength: 6, maxLength: 10 })

const COUNTERS = ['dukcapil-1', 'dukcapil-2', 'dukcapil-3', 'polres-1']
const PREFIX = { ktp: 'D', kk: 'K', hilang: 'P' }

/** A counter that follows its stream live, as a workstation does. */
class Follower {
  readonly heard: Change[] = []
  readonly grants: Grant[] = []
  readonly device: TestDevice
  readonly #reader: ChangeReader
  #called = 0

  static async open(mall: TestMall, counterId: string): Promise<Follower> {
    const device = await mall.counter(counterId)
    await device.open()
    return new Follower(device, await device.changes())
  }

  private constructor(device: TestDevice, reader: ChangeReader) {
    this.device = device
    this.#reader = reader
  }

  /** Takes what the stream has told meanwhile. */
  async listen(): Promise<void> {
    for (const change of await this.#reader.take(this.#reader.unread)) {
      if (change.kind === 'caught_up') continue
      this.heard.push(change)
      if (change.kind === 'granted') this.grants.push(change.grant)
    }
  }

  async callNext(): Promise<void> {
    await this.listen()
    const grant = this.grants[this.#called]
    if (!grant) return
    this.#called += 1
    this.device.recordCall(grant)
    this.device.recordServing(grant)
    this.device.recordDone(grant)
    expect((await this.device.push()).findings).toEqual([])
  }

  /** The live stream told everything that a fresh one at the other server tells, in the same order. */
  async checkStream(other: TestMall): Promise<void> {
    const fresh = await ChangeReader.open(`${other.url}/v1/changes`, this.device.enrolment.token)
    const all = await fresh.untilCaughtUp()
    await fresh.close()
    const heard = async () => {
      await this.listen()
      return this.heard.length
    }
    await expect.poll(heard).toBe(all.length)
    expect(this.heard).toEqual(all)
    await this.#reader.close()
  }
}

async function play(plan: readonly (readonly Act[])[]): Promise<void> {
  const malls = await twoServers()
  const at = (index: number) => malls[index % 2] ?? malls[0]
  const desks = await Promise.all(
    ['penerima-1', 'penerima-2', 'penerima-1', 'penerima-2'].map((id, n) => at(n).frontDesk(id)),
  )
  const counters = await Promise.all(COUNTERS.map((id, n) => Follower.open(at(n), id)))
  let issued = 0

  for (const acts of plan) {
    const byDevice = Map.groupBy(acts, ({ kind, who }) => (kind === 'issue' ? desks[who] : counters[who]))
    await Promise.all(
      [...byDevice].map(async ([device, own]) => {
        for (const { kind, service } of own) {
          if (device instanceof Follower) await (kind === 'improve' ? device.device.improve() : device.callNext())
          else {
            issued += 1
            await device?.issue(`${PREFIX[service]}-${String(issued).padStart(3, '0')}`, service)
          }
        }
      }),
    )
  }

  for (const [n, counter] of counters.entries()) await counter.checkStream(at(n + 1))
  const grants = counters.flatMap((counter) => counter.grants)
  expect(new Set(grants.map(({ visitId, entryNo }) => `${visitId}/${entryNo}`)).size).toBe(grants.length)
  expect(new Set(grants.map(({ grant }) => grant.n)).size).toBe(grants.length)
  const held = await malls[0].db.selectFrom('entry').select('label').where('device_id', 'is not', null).execute()
  expect(held.map(({ label }) => label).toSorted()).toEqual(grants.map(({ label }) => label).toSorted())
  for (const mall of malls) await mall.close()
}

test('pushes and improves through both servers at once never grant one entry twice', async () => {
  await fc.assert(fc.asyncProperty(rounds, play), { numRuns: 6, endOnFailure: true })
}, 60_000)

test('one number series, one slot and one epoch each, whichever server is asked', async () => {
  const malls = await twoServers()
  const desks = await Promise.all([0, 1, 2, 3, 4, 5].map((n) => (malls[n % 2] ?? malls[0]).frontDesk('penerima-1')))
  expect(new Set(desks.map((desk) => desk.enrolment.slot)).size).toBe(desks.length)

  const leases = await Promise.all(
    desks.flatMap((desk) =>
      [1, 2, 3].map((n) =>
        desk.call('/v1/number-leases', {
          requestId: crypto.randomUUID(),
          serviceId: n === 3 ? 'kk' : 'ktp',
          businessDate: '2026-11-16',
        }),
      ),
    ),
  )
  const blocks = leases.map(({ body }) => `${body.serviceId} ${body.from}`)
  expect(new Set(blocks).size).toBe(blocks.length)

  const rivals = await Promise.all(malls.map((mall) => mall.counter('dukcapil-1')))
  const opened = await Promise.all(rivals.map((rival) => rival.call('/v1/counters/open', undefined, 'POST')))
  expect(opened.map(({ body }) => body.epoch).toSorted()).toEqual([1, 2])
})
