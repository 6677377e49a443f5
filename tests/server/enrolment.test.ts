import { describe, expect, onTestFinished, test } from 'vitest'
import { DeviceConfig } from '#contract/mall-config.ts'
import { Malls } from '#server/config/malls.ts'
import { createApp } from '#server/create-app.ts'
import { createEnrolmentCode } from '#server/enrolment.ts'
import { loadSigningKey } from '#server/identity/sign-head.ts'
import { hashPin, verifyPin } from '#server/secrets.ts'
import { Bell } from '#server/stream/bell.ts'
import { request } from '#tests/server/support/http.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

const COUNTER = { kind: 'counter', counterId: 'polres-1' } as const
const INVALID = { status: 403, body: { code: 'ENROLMENT_CODE_INVALID' } }

const enrol = (mall: TestMall, code: string) =>
  request(`${mall.url}/v1/enrolments`, { body: { code, deviceName: 'PC loket 1' } })

const TRIES = 25

/** Every try has come in before the database answers the first. */
async function triedAtOnce(mall: TestMall, count: number): Promise<number[]> {
  const all = Promise.withResolvers<void>()
  let cameIn = 0
  const comeIn = () => {
    cameIn += 1
    if (cameIn === count) all.resolve()
  }
  const waiting = mall.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      comeIn()
      await all.promise
      return result
    },
  })
  const db = Object.assign(waiting, { transact: mall.db.transact })
  const malls = new Malls(mall.db)
  const signingKey = await loadSigningKey(mall.db)
  const app = await createApp({ db, malls, bell: new Bell(), signingKey, now: () => mall.now }, 'silent', null)
  onTestFinished(() => app.close())
  const payload = { code: 'AAAA-AAAA', deviceName: 'PC loket 1' }
  const tries = Array.from({ length: count }, async () => {
    const { statusCode } = await app.inject({ method: 'POST', url: '/v1/enrolments', payload })
    // Refused without a look at the database.
    if (statusCode === 429) comeIn()
    return statusCode
  })
  return Promise.all(tries)
}

describe('an enrolment code', () => {
  test('makes one device with its role, slot and a token; typed in small letters without hyphen too', async () => {
    const mall = await TestMall.start()
    const code = await createEnrolmentCode(mall.db, COUNTER, mall.now)
    expect(code).toMatch(/^[A-Z2-7]{4}-[A-Z2-7]{4}$/)

    const { status, body } = await enrol(mall, code.toLowerCase().replace('-', ' '))

    expect(status).toBe(200)
    expect(body).toMatchObject({ role: COUNTER, generation: 1, slot: 1 })
  })

  test('works once', async () => {
    const mall = await TestMall.start()
    const code = await createEnrolmentCode(mall.db, COUNTER, mall.now)
    const answers = await Promise.all([enrol(mall, code), enrol(mall, code)])

    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 403])
    expect(await enrol(mall, code)).toMatchObject(INVALID)
  })

  test('works for 24 hours', async () => {
    const mall = await TestMall.start()
    const code = await createEnrolmentCode(mall.db, COUNTER, mall.now)
    mall.now += 24 * 3_600_000

    expect(await enrol(mall, code)).toMatchObject(INVALID)
  })

  test('is only for a place of the configuration', async () => {
    const mall = await TestMall.start()
    await expect(createEnrolmentCode(mall.db, { kind: 'counter', counterId: 'tiada' })).rejects.toMatchObject({
      code: 'PLACE_UNKNOWN',
    })
    await expect(createEnrolmentCode(mall.db, { kind: 'front_desk', frontDeskId: 'polres-1' })).rejects.toMatchObject({
      code: 'PLACE_UNKNOWN',
    })
  })

  test('cannot be found by trying: ten wrong ones, then nothing is answered for a minute', async () => {
    const mall = await TestMall.start()
    const code = await createEnrolmentCode(mall.db, COUNTER, mall.now)
    for (let n = 0; n < 10; n += 1) expect(await enrol(mall, 'AAAA-AAAA')).toMatchObject(INVALID)

    expect(await enrol(mall, code)).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } })
    mall.now += 60_001
    expect((await enrol(mall, code)).status).toBe(200)
  })

  test('cannot be found by trying many at once either: as many are answered as one after the other', async () => {
    const mall = await TestMall.start()
    const statuses = await triedAtOnce(mall, TRIES)
    expect(statuses.filter((status) => status === 403)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(TRIES - 10)
  })

  test('that is right is no try: a whole hall is enrolled from one address', async () => {
    const mall = await TestMall.start()
    for (let n = 0; n < 11; n += 1) {
      const code = await createEnrolmentCode(mall.db, COUNTER, mall.now)
      expect((await enrol(mall, code)).status).toBe(200)
    }
    expect(await enrol(mall, 'AAAA-AAAA')).toMatchObject(INVALID)
  })

  test('is stored as a hash only, like the token', async () => {
    const mall = await TestMall.start()
    const code = await createEnrolmentCode(mall.db, COUNTER, mall.now)
    const { body } = await enrol(mall, code)
    const stored = JSON.stringify([
      await mall.db.selectFrom('enrolment_code').selectAll().execute(),
      await mall.db.selectFrom('device').selectAll().execute(),
    ])

    expect(stored).not.toContain(code.replace('-', ''))
    expect(stored).not.toContain(String(body.token))
  })

  test('slots are never given twice', async () => {
    const mall = await TestMall.start()
    const devices = [await mall.counter('polres-1'), await mall.counter('polres-1'), await mall.frontDesk()]

    expect(devices.map((device) => device.enrolment.slot)).toEqual([1, 2, 3])
  })
})

describe('tokens', () => {
  test.each(['', 'Bearer', 'Bearer x', `Bearer ${'x'.repeat(43)}`, `Basic ${'x'.repeat(43)}`])(
    'an authorization of "%s" is refused',
    async (authorization) => {
      const mall = await TestMall.start()

      const answer = await request(`${mall.url}/v1/config`, { headers: { authorization } })

      expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHORISED' } })
    },
  )

  test('a revoked device is refused', async () => {
    const mall = await TestMall.start()
    const counter = await mall.counter('polres-1')
    await mall.db.updateTable('device').set({ revoked_at: mall.now }).execute()

    expect(await counter.call('/v1/config')).toMatchObject({ status: 401, body: { code: 'UNAUTHORISED' } })
  })

  test('a front desk may not act as a counter and a counter not as a front desk', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const counter = await mall.counter('polres-1')
    const visitId = crypto.randomUUID()
    const text = { visitId, entryNo: 1, key: 'nomor', salt: 's'.repeat(22), value: 'B/1' }
    const lease = { requestId: visitId, serviceId: 'ktp', businessDate: '2026-11-16' }

    const answers = [
      await desk.call('/v1/counters/open', undefined, 'POST'),
      await desk.call('/v1/hands/improve', { epoch: 1 }),
      await desk.call('/v1/personal-texts', { texts: [text] }),
      await desk.call(`/v1/visits/${visitId}/prerequisites`),
      await counter.call('/v1/number-leases', lease),
    ]

    for (const answer of answers) expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
  })
})

describe('the configuration of a device', () => {
  async function officersAt(role: Parameters<TestMall['enrol']>[0]): Promise<string[]> {
    const mall = await TestMall.start()
    const device = await mall.enrol(role)
    const { body } = await device.call('/v1/config')
    return DeviceConfig.parse(body.config).officers.map((officer) => officer.id)
  }

  test('at a counter: officers and supervisors of its agency, mall supervisors, technicians', async () => {
    expect(await officersAt({ kind: 'counter', counterId: 'dukcapil-1' })).toEqual(['made', 'sri', 'gede', 'tono'])
    expect(await officersAt({ kind: 'counter', counterId: 'polres-1' })).toEqual(['ayu', 'gede', 'tono'])
  })

  test('at a front desk: front desk staff, mall supervisors, technicians', async () => {
    expect(await officersAt({ kind: 'front_desk', frontDeskId: 'penerima-1' })).toEqual(['gede', 'tono', 'luh'])
  })

  test('holds everything else of the file, and of a PIN only a hash that proves it', async () => {
    const mall = await TestMall.start()
    const device = await mall.counter('polres-1')
    const { body } = await device.call('/v1/config')
    const config = DeviceConfig.parse(body.config)
    const { officers: _officers, ...rest } = TEST_CONFIG

    expect(config).toMatchObject({ ...rest, version: 1 })
    expect(JSON.stringify(body)).not.toContain('204713')
    const hash = config.officers.find((officer) => officer.id === 'ayu')?.pinHash ?? ''
    expect(hash).toMatch(/^scrypt\$16384\$[A-Za-z0-9_-]{22}\$[A-Za-z0-9_-]{43}$/)
    expect(await verifyPin('204713', hash)).toBe(true)
    expect(await verifyPin('204714', hash)).toBe(false)
  })
})

test('the same PIN has another hash every time', async () => {
  expect(await hashPin('111111')).not.toBe(await hashPin('111111'))
})

test('a hash of another kind is refused, not taken for a wrong PIN', async () => {
  await expect(verifyPin('111111', 'md5$1$x$y')).rejects.toThrow(TypeError)
})
