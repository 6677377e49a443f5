import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOf } from '#domain/business-date.ts'
import {
  beginOf,
  type PauseState,
  type PauseWindow,
  type PlannedPause,
  pauseAdvice,
  REMIND_MS,
  windowsOfDay,
} from '#domain/planned-pause.ts'

const ZONE = 'Asia/Makassar'
/** Friday, 20 November 2026, at that time in WITA. */
const friday = (time: string) => Date.parse(`2026-11-20T${time}:00+08:00`)
const PRAYER: PlannedPause = { weekday: 'friday', from: '11:45', to: '13:00', reason: 'prayer' }
const WINDOW: PauseWindow = { from: friday('11:45'), to: friday('13:00'), reason: 'prayer' }
const WORKING: PauseState = { open: true, paused: false, busy: false, workingSince: friday('08:00'), putOff: [] }
const MINUTE = 60_000

const kindAt = (time: string, state: Partial<PauseState> = {}) =>
  pauseAdvice([WINDOW], friday(time), { ...WORKING, ...state }).kind

describe('the windows of a day', () => {
  test('are those of its weekday in the mall’s zone, whatever UTC says', () => {
    expect(windowsOfDay([PRAYER], friday('07:30'), ZONE)).toEqual([WINDOW])
    // Thursday 23:30 in Makassar is Friday 00:30 in Jayapura.
    const late = friday('00:00') - 30 * MINUTE
    expect(windowsOfDay([PRAYER], late, ZONE)).toEqual([])
    expect(windowsOfDay([PRAYER], late, 'Asia/Jayapura')).toHaveLength(1)
  })

  test('begin at the very minute in each of the three zones, at any moment of the day', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'),
        fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2028-01-01T00:00:00Z') }),
        (zone, at) => {
          const { begin, weekday } = dayOf(at, zone)
          const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'medium' })
          const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'long' }).format(at)
          const names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
          expect(clock.format(begin)).toBe('00:00:00')
          expect(at - begin).toBeGreaterThanOrEqual(0)
          expect(at - begin).toBeLessThan(24 * 60 * MINUTE)
          expect(names[weekday]).toBe(name)
        },
      ),
    )
  })
})

describe('a planned pause', () => {
  test('is announced ten minutes before, begins at its time, and is over at its end', () => {
    expect(['11:34', '11:35', '11:44', '11:45', '12:59', '13:00'].map((time) => kindAt(time))).toEqual([
      ...['nothing', 'remind', 'remind', 'pause', 'pause', 'nothing'],
    ])
  })

  test('waits for the visitor at the desk', () => {
    expect(kindAt('11:50', { busy: true })).toBe('remind')
    expect(kindAt('11:50')).toBe('pause')
  })

  test('says nothing to a counter that is closed or paused already', () => {
    expect([kindAt('11:50', { open: false }), kindAt('11:40', { paused: true })]).toEqual(['nothing', 'nothing'])
  })

  test('does not come back to an officer who went on to work, or opened, during it', () => {
    expect(kindAt('12:10', { workingSince: friday('12:05') })).toBe('nothing')
    expect(kindAt('12:10', { workingSince: friday('12:05'), busy: true })).toBe('nothing')
    expect(kindAt('12:10', { workingSince: friday('11:40') })).toBe('pause')
    expect(kindAt('12:10', { workingSince: null })).toBe('pause')
  })

  test('begins later when it was put off, and not at all when it was put off to its end', () => {
    const later = { putOff: [{ from: WINDOW.from, until: friday('12:00') }] }
    expect(['11:45', '11:50', '12:00'].map((time) => kindAt(time, later))).toEqual(['nothing', 'remind', 'pause'])
    const never = { putOff: [{ from: WINDOW.from, until: WINDOW.to }] }
    expect(['11:40', '11:45', '12:59'].map((time) => kindAt(time, never))).toEqual(['nothing', 'nothing', 'nothing'])
  })
})

describe('whatever the schedule and the counter’s day are', () => {
  const BEGIN = friday('00:00')
  const minute = fc.integer({ min: 0, max: 24 * 60 }).map((n) => BEGIN + n * MINUTE)
  const window = fc.tuple(fc.integer({ min: 0, max: 1_400 }), fc.integer({ min: 1, max: 180 })).map(
    ([from, long]): PauseWindow => ({
      ...{ from: BEGIN + from * MINUTE, to: BEGIN + (from + long) * MINUTE },
      reason: 'break',
    }),
  )
  const state = (windows: readonly PauseWindow[]) =>
    fc.record({
      open: fc.boolean(),
      paused: fc.boolean(),
      busy: fc.boolean(),
      workingSince: fc.option(minute),
      putOff: fc.array(fc.record({ from: fc.constantFrom(...windows.map(({ from }) => from)), until: minute }), {
        maxLength: 2,
      }),
    })
  const anything = fc
    .array(window, { minLength: 1, maxLength: 4 })
    .chain((windows) => fc.tuple(fc.constant(windows), minute, state(windows)))

  test('it pauses only an open, idle, working counter inside a window that nobody put off', () => {
    fc.assert(
      fc.property(anything, ([windows, now, counter]) => {
        const advice = pauseAdvice(windows, now, counter)
        if (advice.kind !== 'pause') return
        const { window: due } = advice
        expect([counter.open, counter.paused, counter.busy]).toEqual([true, false, false])
        expect(now >= beginOf(due, counter) && now >= due.from && now < due.to).toBe(true)
        expect(counter.workingSince === null || counter.workingSince < beginOf(due, counter)).toBe(true)
      }),
    )
  })

  test('it reminds no earlier than ten minutes before, and never of what is over', () => {
    fc.assert(
      fc.property(anything, ([windows, now, counter]) => {
        const advice = pauseAdvice(windows, now, counter)
        if (advice.kind !== 'remind') return
        expect(advice.at - now).toBeLessThanOrEqual(REMIND_MS)
        expect(now).toBeLessThan(advice.window.to)
      }),
    )
  })

  test('whoever goes on to work is left in peace for the rest of that window', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 0, max: 180 }), ([windows, now, counter], minutes) => {
        const advice = pauseAdvice(windows, now, counter)
        if (advice.kind !== 'pause') return
        const later = { ...counter, workingSince: now }
        const next = pauseAdvice([advice.window], now + minutes * MINUTE, later)
        expect(next.kind).toBe('nothing')
      }),
    )
  })
})
