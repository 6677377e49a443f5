import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { createBurstCatcher, isBookingCode } from '#renderer/scanner/burst.ts'
import { createScanCatcher } from '#renderer/scanner/scan.ts'
import { createLoneKey } from '#renderer/ui/lone-key.ts'

const SLIP = 'LOKET2;0b5c1d0e-0f3a-8f5e-8c53-6a1b6f4f0a01;1;P-013;skck;2026-11-21;1795222800000;-;k-1;ABCDEFGHIJKLMNOP'

/** A field with the focus, a stream of keys, and a clock that the test moves. */
function desk() {
  const scans: string[] = []
  let field = ''
  let now = 0
  let due: { at: number; run: () => void } | null = null
  const catcher = createScanCatcher({
    onScan: (text) => scans.push(text),
    giveBack: (text) => {
      field += text
    },
    after(ms, run) {
      const timer = { at: now + ms, run }
      due = timer
      return () => {
        if (due === timer) due = null
      }
    },
  })
  const pass = (ms: number) => {
    now += ms
    if (!due || due.at > now) return
    const { run } = due
    due = null
    run()
  }
  const press = (key: string) => {
    const isTaken = catcher.key(key)
    if (!isTaken && key.length === 1) field += key
    return isTaken
  }
  return { scans, pass, press, field: () => field }
}

function type(at: ReturnType<typeof desk>, text: string, ms: number): void {
  for (const key of text) {
    at.press(key)
    at.pass(ms)
  }
}

describe('a scan', () => {
  test.each(['Enter', 'Tab'])('that ends with %s reaches nobody else, and neither does its end', (last) => {
    const at = desk()
    type(at, SLIP, 3)
    expect(at.press(last)).toBe(true)
    expect([at.scans, at.field()]).toEqual([[SLIP], ''])
  })

  test('is a scan without any end, and over a line that is slow once it has begun', () => {
    const at = desk()
    type(at, 'LOKET2;', 20)
    type(at, SLIP.slice('LOKET2;'.length), 200)
    at.pass(400)
    expect([at.scans, at.field()]).toEqual([[SLIP], ''])
  })

  test('under Caps Lock is read as it was printed', () => {
    const at = desk()
    const turned = [...SLIP].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join('')
    type(at, turned, 3)
    at.press('Enter')
    expect(at.scans).toEqual([SLIP])
  })

  test('follows what was typed before it, and Shift in between changes nothing', () => {
    const at = desk()
    type(at, 'abL', 200)
    for (const key of SLIP) {
      at.press('Shift')
      at.press(key)
      at.pass(3)
    }
    at.press('Enter')
    expect([at.scans, at.field()]).toEqual([[SLIP], 'abL'])
  })
})

describe('what is no scan', () => {
  test('gets to the field whole and in order, however fast it was typed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...'LOKET2lokt;xA9 '), fc.integer({ min: 1, max: 150 })), { maxLength: 40 }),
        (keys) => {
          const at = desk()
          for (const [key, ms] of keys) {
            at.press(key)
            at.pass(ms)
          }
          at.pass(1_000)
          const typed = keys.map(([key]) => key).join('')
          const got = at.field()
          if (at.scans.length === 0) expect(got).toBe(typed)
          else expect(typed.toUpperCase()).toContain('LOKET2;')
        },
      ),
    )
  })

  test('keeps its Enter', () => {
    const at = desk()
    type(at, 'LOK', 3)
    expect(at.press('Enter')).toBe(false)
    expect([at.scans, at.field()]).toEqual([[], 'LOK'])
  })
})

/** Keys with the ms that pass before each; `bursts` are what an Enter ended. */
function heard(keys: readonly (readonly [string, number])[]) {
  let begins = 0
  const catcher = createBurstCatcher(() => {
    begins += 1
  })
  let now = 0
  const bursts = keys.flatMap(([key, ms]) => {
    now += ms
    const burst = catcher.key(key, now)
    return key === 'Enter' && burst !== '' ? [burst] : []
  })
  return { bursts, codes: bursts.filter(isBookingCode), begins }
}
const line = (text: string, ms: number) => [...text].map((key) => [key, ms] as const)

test('what comes in one go is a burst however long it is and whatever is in it, and nothing that a person types', () => {
  const enter = ['Enter', 20] as const
  const url = 'https://mpp.example.go.id/antrean?kode=8991234567890&loket=12'
  for (const text of [url, '8991234567890', 'AB CD', SLIP])
    expect(heard([...line(text, 25), enter]).bursts).toEqual([text])
  expect(heard([...line('skck2', 70), enter]).bursts).toEqual([])
  expect(heard([...line('skck2', 4), ['Enter', 120]]).bursts).toEqual([])
  expect(heard([...line('skck2', 4), ['Tab', 4], enter]).bursts).toEqual([])
})

test.each([
  ['alone', [['2', 300]], ['2']],
  [
    'by a worn key',
    [
      ['2', 300],
      ['2', 60],
    ],
    ['2'],
  ],
  [
    'and then Enter out of habit',
    [
      ['2', 300],
      ['Enter', 90],
    ],
    ['2'],
  ],
  [
    'after another one',
    [
      ['1', 300],
      ['2', 200],
    ],
    ['1', '2'],
  ],
  [
    'and then Escape',
    [
      ['2', 300],
      ['Escape', 90],
    ],
    [],
  ],
  ['by a scanner', line('8123', 20), []],
  ['by a scanner, and again', [...line('12', 20), ...line('34', 20), ['Enter', 20]], []],
] as const)('a digit that is pressed %s chooses what was meant', (_name, keys, chosen) => {
  vi.useFakeTimers()
  const ran: string[] = []
  const digit = createLoneKey()
  let now = 0
  for (const [key, ms] of keys) {
    now += ms
    vi.advanceTimersByTime(ms)
    if (!digit.hear({ key, timeStamp: now }) && /\d/.test(key)) digit.hold(key, () => ran.push(key))
  }
  vi.advanceTimersByTime(150)
  vi.useRealTimers()
  expect(ran).toEqual(chosen)
})

describe('a booking code', () => {
  test('is known by its speed and its Enter, and begins after whatever was typed by hand', () => {
    const keys = [...line('sk', 200), ['M', 200] as const, ...line('PP-0042', 4), ['Enter', 4] as const]
    expect(heard(keys)).toMatchObject({ codes: ['MPP-0042'], begins: 3 })
    const shifted = [...'mpp-42'].flatMap((key) => [['Shift', 1] as const, [key, 3] as const])
    expect(heard([...shifted, ['Enter', 3]]).codes).toEqual(['mpp-42'])
  })

  test('may come from a slow scanner, and over a line that keeps one of its keys back', () => {
    expect(heard([...line('MPP-0042', 30), ['Enter', 30]]).codes).toEqual(['MPP-0042'])
    expect(heard([...line('MPP-', 25), ['0', 80], ...line('042', 25), ['Enter', 25]]).codes).toEqual(['MPP-0042'])
    expect(heard([...line('MPP-0042', 25), ['Enter', 80]]).codes).toEqual(['MPP-0042'])
  })

  test('is nothing that a person types, no word however fast, no slip, and nothing without its Enter', () => {
    const enter = ['Enter', 4] as const
    expect(heard([...line('skck2', 70), enter]).codes).toEqual([])
    expect(heard([...line('MPP-0042', 4), ['Enter', 120]]).codes).toEqual([])
    expect(heard([...line('kehilangan', 4), enter]).codes).toEqual([])
    expect(heard([...line(SLIP, 4), enter]).codes).toEqual([])
    expect(heard([...line('MPP-0042', 4), ['Tab', 4], enter]).codes).toEqual([])
  })
})
