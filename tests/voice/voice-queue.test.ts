import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addCall,
  beginReading,
  EMPTY_QUEUE,
  endCall,
  endReading,
  GRACE_MS,
  OFFER_MS,
  SILENCE_MS,
  settle,
  type VoiceCall,
  type VoiceQueue,
  wakeAt,
} from '#main/host/devices/voice/voice-queue.ts'

const READING = [{ name: 'id/satu', pauseMs: 20 }]

function call(counterId: string, over: Partial<VoiceCall> = {}): VoiceCall {
  return { counterId, entry: `${counterId}-1`, expiresAt: 30_000, readings: [READING], ...over }
}

function offered(queue: VoiceQueue): string | null {
  return queue.turn?.phase === 'offered' ? `${queue.turn.call.entry} ${queue.turn.round}` : null
}

/** The screen takes the turn and speaks it to its end, `ms` later. */
function spoken(queue: VoiceQueue, now: number, ms = 5_000): VoiceQueue {
  const begun = beginReading(queue, queue.turn?.no ?? 0, ms, now)
  if (!begun?.turn) throw new Error('nothing to speak')
  return endReading(begun, begun.turn.no, true, now + ms)
}

describe('the queue of a loudspeaker', () => {
  test('says one call after the other, in order of arrival, with silence between', () => {
    let queue = addCall(addCall(EMPTY_QUEUE, call('a'), 0), call('b'), 100)
    expect(offered(queue)).toBe('a-1 0')
    queue = spoken(queue, 200)
    expect(offered(settle(queue, 5_200 + SILENCE_MS - 1))).toBe(null)
    expect(offered(settle(queue, 5_200 + SILENCE_MS))).toBe('b-1 0')
  })

  test('says a call as often as wanted, each time under another number', () => {
    let queue = addCall(EMPTY_QUEUE, call('a', { readings: [READING, READING] }), 0)
    const first = queue.turn?.no
    queue = settle(spoken(queue, 0), 5_000 + SILENCE_MS)
    expect(offered(queue)).toBe('a-1 1')
    expect(queue.turn?.no).not.toBe(first)
    queue = settle(spoken(queue, 7_000), 12_000 + SILENCE_MS)
    expect(queue).toMatchObject({ turn: null, waiting: [], trouble: null })
  })

  test('says a repetition when everybody was heard once', () => {
    let queue = addCall(EMPTY_QUEUE, call('a', { readings: [READING, READING] }), 0)
    queue = addCall(spoken(queue, 0), call('b', { readings: [READING, READING] }), 5_500)
    const heard: (string | null)[] = []
    for (let now = 5_000 + SILENCE_MS; queue.turn; now += 5_000 + SILENCE_MS) {
      queue = settle(queue, now)
      heard.push(offered(queue))
      if (queue.turn) queue = spoken(queue, now)
    }
    expect(heard).toEqual(['b-1 0', 'a-1 1', 'b-1 1', null])
    expect(queue.trouble).toBe(null)
  })

  test('a repetition that no screen has begun gives way to a first reading, not to other repetitions', () => {
    const turnMs = 5_000 + SILENCE_MS
    const twice = { readings: [READING, READING] }
    let queue = addCall(addCall(EMPTY_QUEUE, call('a', twice), 0), call('b', twice), 0)
    queue = settle(spoken(queue, 0), turnMs)
    queue = settle(spoken(queue, turnMs), 2 * turnMs)
    expect(offered(queue)).toBe('a-1 1')
    queue = addCall(queue, call('c'), 2 * turnMs)
    expect(offered(queue)).toBe('c-1 0')
    expect(offered(settle(spoken(queue, 2 * turnMs), 3 * turnMs))).toBe('a-1 1')
  })

  test('leaves the repetition out when the visitor has come, or when it is too late for it', () => {
    const twice = addCall(EMPTY_QUEUE, call('a', { readings: [READING, READING] }), 0)
    const come = endCall(spoken(twice, 0), { counterId: 'a', entry: 'a-1' }, 5_001)
    expect(settle(come, 5_000 + SILENCE_MS).turn).toBe(null)
    expect(settle(spoken(twice, 25_000), 30_000 + SILENCE_MS).turn).toBe(null)
  })

  test('forgets a waiting call, and one that nobody speaks yet, when it is over', () => {
    const both = addCall(addCall(EMPTY_QUEUE, call('a'), 0), call('b'), 0)
    expect(endCall(both, { counterId: 'b', entry: 'b-1' }, 1).waiting).toEqual([])
    expect(offered(endCall(both, { counterId: 'a', entry: 'a-1' }, 1))).toBe('b-1 0')
    // Called elsewhere meanwhile: what ended is the other counter's call.
    expect(endCall(both, { counterId: 'c', entry: 'b-1' }, 1).waiting).toHaveLength(1)
  })

  test('a newer call of a counter keeps the place of its older one', () => {
    let queue = addCall(addCall(addCall(EMPTY_QUEUE, call('a'), 0), call('b'), 1), call('c'), 2)
    queue = addCall(queue, call('b', { entry: 'b-2' }), 3)
    expect(queue.waiting.map((place) => place.call.entry)).toEqual(['b-2', 'c-1'])
    const no = queue.turn?.no
    queue = addCall(queue, call('a', { entry: 'a-2' }), 4)
    expect([offered(queue), ...queue.waiting.map((place) => place.call.entry)]).toEqual(['a-2 0', 'b-2', 'c-1'])
    // Another number: a screen that has the old words may not begin them.
    expect(queue.turn?.no).not.toBe(no)
  })

  test('a newer call of a counter that was heard, or is being said, comes after those who wait, once', () => {
    const twice = { readings: [READING, READING] }
    let queue = addCall(addCall(EMPTY_QUEUE, call('a', twice), 0), call('b'), 1)
    const during = addCall(beginReading(queue, queue.turn?.no ?? 0, 5_000, 2) ?? queue, call('a', { entry: 'a-2' }), 3)
    expect(during.waiting.map((place) => place.call.entry)).toEqual(['b-1', 'a-2'])
    queue = settle(spoken(queue, 0), 5_000 + SILENCE_MS)
    expect(queue.waiting).toMatchObject([{ call: { entry: 'a-1' }, round: 1 }])
    queue = addCall(queue, call('a', { entry: 'a-2' }), 6_300)
    expect(queue.waiting).toMatchObject([{ call: { entry: 'a-2' }, round: 0 }])
  })

  test('a call that waits for others until it expires is a trouble, and stays one while somebody still waits', () => {
    let queue = addCall(EMPTY_QUEUE, call('a'), 0)
    queue = addCall(addCall(queue, call('b', { expiresAt: 4_000 }), 0), call('c'), 0)
    const after = settle(spoken(queue, 0), 5_000 + SILENCE_MS)
    expect([offered(after), after.trouble]).toEqual(['c-1 0', 'VOICE_CROWDED'])
    const more = addCall(after, call('d'), 6_300)
    expect(spoken(more, 6_400).trouble).toBe('VOICE_CROWDED')
    expect(spoken(after, 6_400).trouble).toBe(null)
    // A repetition is no loss.
    const again = addCall(EMPTY_QUEUE, call('a', { readings: [READING, READING], expiresAt: 4_000 }), 0)
    expect(settle(spoken(again, 0), 5_000 + SILENCE_MS)).toMatchObject({ turn: null, waiting: [], trouble: null })
  })

  test('a call that waits behind one that no screen begins was not crowded out', () => {
    const both = addCall(addCall(EMPTY_QUEUE, call('a'), 0), call('b', { expiresAt: 4_000 }), 0)
    expect(settle(both, 4_000)).toMatchObject({ waiting: [], trouble: 'VOICE_UNHEARD' })
  })

  test('one screen speaks: a second one, a late one, and one with an old number are refused', () => {
    const queue = addCall(EMPTY_QUEUE, call('a'), 0)
    const no = queue.turn?.no ?? 0
    const begun = beginReading(queue, no, 5_000, 0)
    expect(begun && beginReading(begun, no, 5_000, 1)).toBe(null)
    expect(beginReading(queue, no, 5_000, OFFER_MS)).toBe(null)
    expect(beginReading(queue, no - 1, 5_000, 0)).toBe(null)
  })

  test('goes on without a screen that never says that it ended, or that there is one, and says so', () => {
    const both = addCall(addCall(EMPTY_QUEUE, call('a'), 0), call('b', { expiresAt: 60_000 }), 0)
    const begun = beginReading(both, both.turn?.no ?? 0, 5_000, 0)
    if (!begun) throw new Error('refused')
    expect(settle(begun, 5_000 + GRACE_MS - 1).turn?.phase).toBe('playing')
    const lost = settle(begun, 5_000 + GRACE_MS)
    expect([offered(lost), lost.trouble]).toEqual(['b-1 0', 'VOICE_SILENT'])
    const unheard = settle(both, OFFER_MS)
    expect([offered(unheard), unheard.trouble]).toEqual(['b-1 0', 'VOICE_UNHEARD'])
    // What is heard again makes up for it.
    expect(spoken(unheard, 31_000).trouble).toBe(null)
    const failed = beginReading(unheard, unheard.turn?.no ?? 0, 0, 31_000)
    expect(failed?.turn && endReading(failed, failed.turn.no, false, 31_000).trouble).toBe('VOICE_NO_SOUND')
  })
})

type Step =
  | { kind: 'call'; counter: number; repeats: number }
  | { kind: 'over'; counter: number }
  | { kind: 'screen'; ms: number; ends: boolean }
  | { kind: 'wait'; ms: number }

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('call' as const),
      counter: fc.integer({ min: 0, max: 4 }),
      repeats: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({ kind: fc.constant('over' as const), counter: fc.integer({ min: 0, max: 4 }) }),
    fc.record({ kind: fc.constant('screen' as const), ms: fc.integer({ min: 0, max: 9_000 }), ends: fc.boolean() }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 8_000 }) }),
  ),
  { maxLength: 60 },
)

describe('whatever happens to it', () => {
  test('two are never spoken at once, nothing begins after its expiry or its end, and first called is first spoken', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let queue: VoiceQueue = EMPTY_QUEUE
        let now = 0
        let calls = 0
        let heardUntil = 0
        /** Screens that will say that they ended. */
        let ending: { no: number; at: number } | null = null
        const current = new Map<number, string>()
        /** Which place in the order of arrival each counter has that was not heard yet. */
        const places = new Map<number, number>()
        const order: number[] = []

        const passTo = (end: number) => {
          for (;;) {
            const next = Math.min(end, wakeAt(queue) ?? end, ending?.at ?? end)
            now = Math.max(now, next)
            if (ending && ending.at <= now) {
              queue = endReading(queue, ending.no, true, now)
              ending = null
            }
            queue = settle(queue, now)
            if (now >= end) return
          }
        }

        for (const step of all) {
          if (step.kind === 'wait') passTo(now + step.ms)
          if (step.kind === 'call') {
            calls += 1
            current.set(step.counter, `${calls}`)
            const keepsPlace = [queue.turn?.phase === 'offered' ? queue.turn : null, ...queue.waiting].some(
              (place) => place?.round === 0 && place.call.counterId === `${step.counter}`,
            )
            if (!keepsPlace) places.set(step.counter, calls)
            const readings = Array.from({ length: step.repeats }, () => READING)
            const one = { counterId: `${step.counter}`, entry: `${calls}`, expiresAt: now + 30_000, readings }
            queue = addCall(queue, one, now)
          }
          if (step.kind === 'over') {
            const entry = current.get(step.counter) ?? ''
            current.delete(step.counter)
            queue = endCall(queue, { counterId: `${step.counter}`, entry }, now)
          }
          if (step.kind === 'screen') {
            const no = queue.turn?.no ?? 0
            const begun = beginReading(queue, no, step.ms, now)
            if (!begun?.turn) continue
            const { call, round } = begun.turn
            expect(now).toBeGreaterThanOrEqual(heardUntil)
            expect(now).toBeLessThan(call.expiresAt)
            expect(current.get(Number(call.counterId))).toBe(call.entry)
            if (round === 0) order.push(places.get(Number(call.counterId)) ?? 0)
            heardUntil = now + step.ms
            if (step.ends) ending = { no, at: heardUntil }
            queue = begun
          }
        }
        expect(order).toEqual(order.toSorted((a, b) => a - b))
        // Left alone, it comes to rest.
        passTo(now + 400_000)
        expect([queue.turn, queue.waiting]).toEqual([null, []])
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a busy zone', () => {
  const MOST_COUNTERS = 10
  const BETWEEN_CALLS_MS = 1_000
  const LATEST_AGAIN_MS = 60_000
  const EXPIRES_MS = 180_000
  const LONGEST_READING_MS = 14_000
  /** The last call of all has expired by then, and what began just before has ended. */
  const ALL_OVER_MS =
    MOST_COUNTERS * BETWEEN_CALLS_MS + LATEST_AGAIN_MS + EXPIRES_MS + LONGEST_READING_MS + GRACE_MS + SILENCE_MS

  /** When each counter calls again, and when its visitor comes; ms after its call. */
  const counters = fc.array(
    fc.record({
      again: fc.option(fc.integer({ min: 1, max: LATEST_AGAIN_MS })),
      comes: fc.option(fc.integer({ min: 1, max: 120_000 })),
    }),
    { minLength: 1, maxLength: MOST_COUNTERS },
  )

  test('all that are still called are heard once, in order of arrival, before anybody is heard twice', () => {
    fc.assert(
      fc.property(
        counters,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 3_000, max: LONGEST_READING_MS }),
        (zone, repeats, readingMs) => {
          const acts = zone
            .flatMap(({ again, comes }, index) => {
              const calledAt = index * BETWEEN_CALLS_MS
              const until = comes ?? Number.POSITIVE_INFINITY
              return [
                { at: calledAt, index, isCall: true },
                ...(again !== null && again < until ? [{ at: calledAt + again, index, isCall: true }] : []),
                ...(comes === null ? [] : [{ at: calledAt + comes, index, isCall: false }]),
              ]
            })
            .toSorted((a, b) => a.at - b.at)
          const called = new Set<number>()
          const heardOnce: number[] = []
          let queue: VoiceQueue = EMPTY_QUEUE
          for (let now = 0; now < ALL_OVER_MS; now += 100) {
            for (const { index, isCall } of acts.filter(({ at }) => Math.ceil(at / 100) * 100 === now)) {
              const counterId = `${index}`
              const readings = Array.from({ length: repeats }, () => READING)
              const one = { counterId, entry: counterId, expiresAt: now + EXPIRES_MS, readings }
              queue = isCall ? addCall(queue, one, now) : endCall(queue, { counterId, entry: counterId }, now)
              if (isCall) called.add(index)
              else called.delete(index)
            }
            queue = settle(queue, now)
            if (queue.turn?.phase === 'playing' && queue.turn.until - GRACE_MS <= now) {
              queue = endReading(queue, queue.turn.no, true, now)
            }
            const begun = beginReading(queue, queue.turn?.no ?? 0, readingMs, now)
            if (!begun?.turn) continue
            const index = Number(begun.turn.call.counterId)
            if (begun.turn.round > 0) expect(heardOnce).toEqual(expect.arrayContaining([...called]))
            else if (!heardOnce.includes(index)) heardOnce.push(index)
            queue = begun
          }
          expect(heardOnce).toEqual(heardOnce.toSorted((a, b) => a - b))
          expect(heardOnce).toEqual(expect.arrayContaining([...called]))
          expect(queue).toMatchObject({ turn: null, waiting: [], trouble: null })
        },
      ),
      { numRuns: 10_000 },
    )
  })
})
