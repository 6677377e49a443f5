import fc from 'fast-check'
import { expect, it } from 'vitest'
import { estimateWaits, type Hall, recentDuration, type ServiceLoad } from '#domain/estimated-wait.ts'

const IDS = ['ktp', 'kk', 'skck'] as const
const load = (serviceId: string, over: Partial<ServiceLoad> = {}): ServiceLoad => ({
  ...{ serviceId, priority: 0, regular: 0, recentMs: null, standardMinutes: 10 },
  ...over,
})

type Question = Hall & { serviceId: string }

const estimateWait = ({ serviceId, ...hall }: Question) => estimateWaits(hall)(serviceId)

function ask(over: Partial<Question> = {}) {
  return estimateWait({
    serviceId: 'ktp',
    isPriority: false,
    regularPerPriority: 2,
    services: [load('ktp')],
    counters: [{ serviceIds: ['ktp'], busy: false }],
    ...over,
  })
}

const questions = fc.record({
  serviceId: fc.constantFrom(...IDS),
  isPriority: fc.boolean(),
  regularPerPriority: fc.integer({ min: 0, max: 10 }),
  services: fc.tuple(
    ...IDS.map((serviceId) =>
      fc.record({
        serviceId: fc.constant(serviceId),
        priority: fc.nat(200),
        regular: fc.nat(500),
        recentMs: fc.option(fc.nat(8 * 3_600_000)),
        standardMinutes: fc.integer({ min: 1, max: 480 }),
      }),
    ),
  ),
  counters: fc.array(fc.record({ serviceIds: fc.subarray([...IDS], { minLength: 1 }), busy: fc.boolean() }), {
    maxLength: 6,
  }),
})

it('is a range of whole five minutes: never negative, never upside down, never not a number', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const range = estimateWait(question)
      if (!range) {
        expect(question.counters.some(({ serviceIds }) => serviceIds.includes(question.serviceId))).toBe(false)
        return
      }
      expect(range.from).toBeGreaterThanOrEqual(0)
      expect(range.to).toBeGreaterThan(range.from)
      expect(range.from % 5).toBe(0)
      expect(range.to % 5).toBe(0)
    }),
  )
})

it('never gets shorter when one more waits, whatever that one waits for', () => {
  const more = fc.record({ index: fc.nat(2), class: fc.constantFrom('priority' as const, 'regular' as const) })
  fc.assert(
    fc.property(questions, more, (question, one) => {
      const services = question.services.map((service, index) =>
        index === one.index ? { ...service, [one.class]: service[one.class] + 1 } : service,
      )
      const before = estimateWait(question)
      const after = estimateWait({ ...question, services })
      expect(after?.from ?? 0).toBeGreaterThanOrEqual(before?.from ?? 0)
      expect(after?.to ?? 0).toBeGreaterThanOrEqual(before?.to ?? 0)
    }),
  )
})

it('with priority is never longer than without', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const priority = estimateWait({ ...question, isPriority: true })
      const regular = estimateWait({ ...question, isPriority: false })
      expect(priority?.to ?? 0).toBeLessThanOrEqual(regular?.to ?? 0)
    }),
  )
})

it('is shared by the counters that take the service', () => {
  const services = [load('ktp', { regular: 6 })]
  const counter = { serviceIds: ['ktp'], busy: false }
  expect(ask({ services })).toEqual({ from: 45, to: 90 })
  expect(ask({ services, counters: [counter, counter, counter] })).toEqual({ from: 15, to: 30 })
})

it('counts what the same counter has to do for its other services', () => {
  const services = [load('ktp'), load('kk', { regular: 3 })]
  expect(ask({ services, counters: [{ serviceIds: ['ktp', 'kk'], busy: false }] })).toEqual({ from: 20, to: 40 })
})

it('goes by what was served today before the published time, and by half of it for who is served right now', () => {
  expect(ask({ services: [load('ktp', { regular: 5, recentMs: 120_000 })] })).toEqual({ from: 5, to: 15 })
  expect(ask({ counters: [{ serviceIds: ['ktp'], busy: true }] })).toEqual({ from: 0, to: 10 })
})

it('is told more roughly the longer it is: nobody knows three hours to five minutes', () => {
  const wait = (standardMinutes: number) => ask({ services: [load('ktp', { regular: 1, standardMinutes })] })
  expect(wait(40)).toEqual({ from: 30, to: 55 })
  expect(wait(80)).toEqual({ from: 60, to: 105 })
  expect(wait(180)).toEqual({ from: 120, to: 240 })
  expect(wait(480)).toEqual({ from: 360, to: 480 })
})

it('says nothing when no open counter takes the service', () => {
  expect(ask({ counters: [] })).toBeNull()
  expect(ask({ counters: [{ serviceIds: ['kk'], busy: false }] })).toBeNull()
})

it('takes the middle of the last services, and none of two', () => {
  expect(recentDuration([60_000, 5_000, 900_000])).toBe(60_000)
  expect(recentDuration([60_000, 5_000])).toBeNull()
})
