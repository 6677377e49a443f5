/**
 * What every LED driver must hold to, run over all drivers that the list names and every set-up in their golden bytes. A driver
 * without golden bytes fails here.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { LedState, TicketLabel } from '#main/host/device-documents.ts'
import type { Frame } from '#main/host/devices/led/driver.ts'
import { type LedDriverId, LedProfile, ledDriver, ledDriverIds } from '#main/host/devices/led/drivers.ts'
import { createDisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { isLedDriverIndexFresh } from '#scripts/led-driver-index.ts'
import type { GoldenCase } from '#tests/devices/golden-case.ts'
import { A012, number } from '#tests/devices/samples.ts'

const DRIVERS = join(import.meta.dirname, '../../main/host/devices/led/drivers')
/** A write has two seconds on the wire at most (serial-line.ts), and 9600 baud takes one for each 960 bytes. */
const LONGEST_WRITE = 256

const WORDS: LedState[] = [{ kind: 'idle' }, { kind: 'paused' }, { kind: 'closed' }]
const goldenOf = new Map(await Promise.all(ledDriverIds.map(async (id) => [id, await loadGolden(id)] as const)))

async function loadGolden(id: LedDriverId): Promise<GoldenCase[]> {
  const file = join(import.meta.dirname, 'golden', `${id}.ts`)
  return existsSync(file) ? (await import(file)).golden : []
}

/** The defaults, and each set-up of the golden bytes once. */
function setUpsOf(id: LedDriverId): Record<string, unknown>[] {
  const all = [{}, ...(goldenOf.get(id) ?? []).map(({ params }) => params)]
  return [...new Map(all.map((params) => [JSON.stringify(params), params])).values()]
}

const each = ledDriverIds.flatMap((id) => setUpsOf(id).map((params) => [id, JSON.stringify(params), params] as const))

const hex = (frames: Frame[]) => frames.map(({ bytes }) => Buffer.from(bytes).toString('hex'))
const joined = (frames: Frame[]) => Buffer.concat(frames.map(({ bytes }) => bytes))

function encode(id: LedDriverId, params: unknown, state: LedState): Frame[] {
  return ledDriver(id).encode(state, params)
}

/** What stands on the display after these states, from switching on. */
function shownAfter(id: LedDriverId, params: unknown, ...states: Frame[][]): string {
  const reader = createDisplayReader(id, params)
  for (const frames of [ledDriver(id).init(params), ...states]) {
    if (frames.length > 0) reader.feed(joined(frames))
  }
  return reader.shown()
}

function isReadable(id: LedDriverId, params: object): boolean {
  const same = (one: GoldenCase) => JSON.stringify(one.params) === JSON.stringify(params)
  return goldenOf.get(id)?.find(same)?.isReadable !== false
}

/** Whether a person who reads the display is told this number, whole and no other. */
function tells(id: LedDriverId, params: unknown, shown: string, { prefix, digits }: TicketLabel): boolean {
  const read = shown.replaceAll('-', '').split(/\s+/)
  const wanted = ledDriver(id).showsPrefix(params) ? [prefix + digits] : [digits, String(Number(digits))]
  return wanted.some((one) => read.includes(one))
}

const label = fc
  .record({ prefix: fc.stringMatching(/^[A-Z0-9]{0,3}[A-Z]$/), digits: fc.stringMatching(/^[0-9]{1,24}$/) })
  .map(({ prefix, digits }) => ({ prefix, digits, text: `${prefix}-${digits}` }))

test('the list names every driver in the folder, by the name of its file', () => {
  const files = readdirSync(DRIVERS).filter((name) => name !== 'index.ts')
  expect(isLedDriverIndexFresh(), 'run node scripts/write-led-drivers.ts').toBe(true)
  expect(ledDriverIds.map((id) => `${id}.ts`)).toEqual(files.toSorted())
})

describe.each(ledDriverIds)('%s', (id) => {
  const driver = ledDriver(id)
  const form = z.toJSONSchema(driver.parameters, { io: 'input' })
  const fields = Object.entries(form.properties ?? {}) as [
    string,
    { title?: string; minimum?: number; maximum?: number },
  ][]

  test('has golden bytes, among them those of its initialisation', () => {
    const golden = goldenOf.get(id) ?? []
    expect(golden.length, `tests/devices/golden/${id}.ts is missing`).toBeGreaterThan(0)
    expect(golden.some(({ init }) => init !== undefined)).toBe(true)
  })

  test('works with nothing but its defaults, in a profile too', () => {
    const profile = LedProfile.parse({ driver: id, transport: { kind: 'panel' } })
    expect(profile.params).toEqual(driver.parameters.parse({}))
    for (const state of [...WORDS, number()]) expect(encode(id, {}, state).length).toBeGreaterThan(0)
  })

  test('has a form: every parameter has a title and may be left out', () => {
    expect(fields.length).toBeGreaterThan(0)
    expect(fields.filter(([, { title }]) => !title).map(([name]) => name)).toEqual([])
    expect(form.required ?? []).toEqual([])
  })

  test('refuses a parameter it does not know', () => {
    expect(() => driver.encode(number(), { brightnes: 2 })).toThrow(/brightnes/)
    expect(() => driver.init({ brightnes: 2 })).toThrow(/brightnes/)
  })

  test('has a brightness with bounds and sends it, if it has one at all', () => {
    const brightness = fields.find(([name]) => name === 'brightness')?.[1]
    if (!brightness) return
    const { minimum = Number.NaN, maximum = Number.NaN } = brightness
    const accepts = (value: number) => driver.parameters.safeParse({ brightness: value }).success
    expect([minimum - 1, minimum, maximum, maximum + 1].map(accepts)).toEqual([false, true, true, false])
    const bytesAt = (params: Record<string, unknown>, value: number) => {
      const withIt = { ...params, brightness: value }
      return hex([...driver.init(withIt), ...driver.encode(number(), withIt)]).join(' ')
    }
    expect(setUpsOf(id).some((params) => bytesAt(params, minimum) !== bytesAt(params, maximum))).toBe(true)
  })
})

describe.each(ledDriverIds.flatMap((id) => (goldenOf.get(id) ?? []).map((one) => [id, one.what, one] as const)))(
  '%s sends the known bytes: %s',
  (id, _, { params, state, init, frames }) => {
    test('byte for byte', () => {
      if (init) expect(hex(ledDriver(id).init(params))).toEqual(init)
      expect(hex(encode(id, params, state))).toEqual(frames)
    })
  },
)

describe.each(each)('%s with %s', (id, _, params) => {
  const driver = ledDriver(id)

  test('is pure: the same bytes every time, and nothing that it was given is changed', () => {
    fc.assert(
      fc.property(label, fc.boolean(), (it, blink) => {
        const state = Object.freeze(number(Object.freeze(it), blink))
        const frozen = Object.freeze({ ...params })
        const first = hex(driver.encode(state, frozen))
        expect(hex(driver.encode(state, frozen))).toEqual(first)
        expect(hex(driver.encode(structuredClone(state), structuredClone(params)))).toEqual(first)
      }),
      { numRuns: 30 },
    )
  })

  test('writes whole frames with a sensible pause after each', () => {
    for (const state of [...WORDS, number(), number(undefined, true)]) {
      for (const { bytes, gapMs, holdMs = 0 } of [...driver.init(params), ...encode(id, params, state)]) {
        expect(bytes.length).toBeGreaterThan(0)
        expect(bytes.length).toBeLessThanOrEqual(LONGEST_WRITE)
        expect(gapMs).toBeGreaterThan(0)
        expect(gapMs + holdMs).toBeLessThanOrEqual(10_000)
      }
    }
  })

  test('refuses a label with a character that no display has', () => {
    for (const prefix of ['Ä', 'Б', '番', '\u0007']) {
      const frames = encode(id, params, number({ text: `${prefix}-012`, prefix, digits: '012' }))
      if (driver.showsPrefix(params)) expect(frames).toEqual([])
    }
    expect(encode(id, params, number({ text: 'A-1٢', prefix: 'A', digits: '1٢' }))).toEqual([])
  })

  test('says truthfully whether it shows the letters before a number', () => {
    const [a, b] = ['A', 'B'].map((prefix) =>
      hex(encode(id, params, number({ text: `${prefix}-012`, prefix, digits: '012' }))),
    )
    if (driver.showsPrefix(params)) expect(a).not.toEqual(b)
    else expect(a).toEqual(b)
  })
})

describe.each(each.filter(([id, _, params]) => isReadable(id, params)))(
  'on the display of %s with %s',
  (id, _, params) => {
    test('shows a number whole or refuses it, blinking or not', () => {
      let shownWhole = 0
      fc.assert(
        fc.property(label, fc.boolean(), (it, blink) => {
          const frames = encode(id, params, number(it, blink))
          if (frames.length === 0) return
          const shown = shownAfter(id, params, frames)
          shownWhole++
          expect(tells(id, params, shown, it), `${it.text} was shown as ${JSON.stringify(shown)}`).toBe(true)
        }),
        { numRuns: 200 },
      )
      expect(shownWhole).toBeGreaterThan(10)
    })

    test('shows the numbers of a usual morning', () => {
      for (const digits of ['01', '012', '099']) {
        const it = { text: `B-${digits}`, prefix: 'B', digits }
        expect(tells(id, params, shownAfter(id, params, encode(id, params, number(it))), it)).toBe(true)
      }
    })

    test('shows the number although the counter has a long or odd name', () => {
      for (const counterName of ['', 'Loket Pelayanan Terpadu Satu Pintu 14', 'Café 7 ★', 'a\r\n\u0001b']) {
        const state: LedState = { kind: 'number', label: A012, counterName, blink: false }
        const shown = shownAfter(id, params, encode(id, params, state))
        expect(tells(id, params, shown, A012)).toBe(true)
      }
    })

    test('leaves nothing of what it showed before', () => {
      const states = [...WORDS, number(), number({ text: 'B-1', prefix: 'B', digits: '1' }), number(undefined, true)]
      for (const before of states) {
        for (const now of states) {
          const [first, second] = [encode(id, params, before), encode(id, params, now)]
          if (second.length === 0) continue
          expect(shownAfter(id, params, first, second)).toBe(shownAfter(id, params, second))
        }
      }
    })

    test('tells no number while idle, paused or closed', () => {
      for (const state of WORDS) {
        const frames = encode(id, params, state)
        expect(frames.length).toBeGreaterThan(0)
        expect(tells(id, params, shownAfter(id, params, encode(id, params, number()), frames), A012)).toBe(false)
      }
    })

    test('ends a blink lit, and a newer state may come at any moment of it', () => {
      const calm = encode(id, params, number())
      const blinking = encode(id, params, number(undefined, true))
      const next = encode(id, params, { kind: 'closed' })
      const shown = shownAfter(id, params, calm)
      expect(tells(id, params, shownAfter(id, params, blinking), A012)).toBe(true)
      expect(shownAfter(id, params, blinking, calm)).toBe(shown)
      for (let sent = 0; sent <= blinking.length; sent++) {
        expect(shownAfter(id, params, blinking.slice(0, sent), next)).toBe(shownAfter(id, params, next))
      }
    })
  },
)

describe.each(ledDriverIds)('a call on %s', (id) => {
  test('blinks unless it is told not to', () => {
    const differs = (params: unknown) =>
      hex(encode(id, params, number(undefined, true))).join() !== hex(encode(id, params, number())).join()
    expect(differs({})).toBe(true)
    const still = [{ blinks: 0 }, { blinkMs: 0 }, { flash: false }].filter(
      (params) => ledDriver(id).parameters.safeParse(params).success,
    )
    expect(still.map(differs)).toEqual([false])
  })
})
