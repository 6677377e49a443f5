import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LedState } from '#main/host/device-documents.ts'
import { type LedDriverId, ledDriver, ledDriverIds } from '#main/host/devices/led/drivers.ts'
import { createDisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { number } from '#tests/devices/samples.ts'

/** Drivers whose display can be read; the others show their bytes as text, write by write. */
const ids = ledDriverIds.filter((id) => ledDriver(id).reader({}) !== null)

function bytesFor(id: LedDriverId, state: LedState, params: unknown = {}): Uint8Array {
  return Buffer.concat(
    ledDriver(id)
      .encode(state, params)
      .map(({ bytes }) => bytes),
  )
}

function shownAfter(id: LedDriverId, ...chunks: Uint8Array[]): string {
  const reader = createDisplayReader(id)
  for (const chunk of chunks) reader.feed(chunk)
  return reader.shown()
}

const label = fc
  .record({ prefix: fc.stringMatching(/^[A-Z]{1,2}$/), digits: fc.stringMatching(/^[0-9]{2,4}$/) })
  .map(({ prefix, digits }) => ({ prefix, digits, text: `${prefix}-${digits}` }))
const state: fc.Arbitrary<LedState> = fc.oneof(
  fc.constant<LedState>({ kind: 'closed' }),
  fc.constant<LedState>({ kind: 'idle' }),
  fc.constant<LedState>({ kind: 'paused' }),
  fc.tuple(label, fc.boolean()).map(([it, blink]) => number(it, blink)),
)
/** Noise that looks like commands often enough to matter. */
const noise = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 20 }),
    fc
      .constantFrom(
        '1b',
        '1b51',
        '1b5141',
        '1b5142',
        '0c',
        '0d',
        '0110',
        '0106',
        '01100000',
        '0110000000060c',
        '1f24',
        '1f45',
        '02',
        '0231',
        '01',
        '015a3030',
      )
      .map((hex) => Uint8Array.from(Buffer.from(hex, 'hex'))),
  ),
  { maxLength: 12 },
)

describe.each(ids)('the reader for %s', (id) => {
  test('shows the same however the bytes are split, and never throws', () => {
    fc.assert(
      fc.property(noise, state, noise, fc.array(fc.nat(200), { maxLength: 8 }), (before, shown, after, cuts) => {
        const stream = Buffer.concat([...before, bytesFor(id, shown), ...after])
        const edges = [0, ...cuts.map((cut) => Math.min(cut, stream.length)).sort((a, b) => a - b), stream.length]
        const pieces = edges.slice(1).map((edge, index) => stream.subarray(edges[index], edge))
        const bytewise = [...stream].map((byte) => Uint8Array.of(byte))
        const whole = shownAfter(id, stream)
        expect(shownAfter(id, ...pieces)).toBe(whole)
        expect(shownAfter(id, ...bytewise)).toBe(whole)
      }),
    )
  })

  test('shows what was sent last, whatever noise came before', () => {
    fc.assert(
      fc.property(noise, state, (before, last) => {
        // What is sent after every connect: noise may end in the middle of a command that swallows the next bytes.
        const init = ledDriver(id)
          .init({})
          .map(({ bytes }) => bytes)
        const clean = shownAfter(id, ...init, bytesFor(id, last))
        expect(shownAfter(id, ...before, ...init, bytesFor(id, last))).toBe(clean)
      }),
    )
  })
})

test('a CD5220 shows number and counter on two lines', () => {
  expect(shownAfter('cd5220', bytesFor('cd5220', number()))).toBe('ANTREAN A-012\nLOKET 3')
  expect(shownAfter('cd5220', bytesFor('cd5220', number()), bytesFor('cd5220', { kind: 'closed' }))).toBe('LOKET TUTUP')
})

test('a CD5220 keeps its text until the carriage return of the next one', () => {
  const cutOff = bytesFor('cd5220', number({ text: 'B-099', prefix: 'B', digits: '099' })).subarray(6, 20)
  expect(shownAfter('cd5220', bytesFor('cd5220', number()), cutOff)).toBe('ANTREAN A-012\nLOKET 3')
})

test('a Modbus module shows letters with dm36 and only the number with tm1650', () => {
  expect(shownAfter('modbus-rtu', bytesFor('modbus-rtu', number()))).toBe('A012')
  expect(shownAfter('modbus-rtu', bytesFor('modbus-rtu', { kind: 'idle' }))).toBe('----')
  const tm1650 = createDisplayReader('modbus-rtu', { profile: 'tm1650' })
  tm1650.feed(bytesFor('modbus-rtu', number(), { profile: 'tm1650' }))
  expect(tm1650.shown()).toBe('12')
})

test('a Modbus module leaves alone what is written to another one on its line', () => {
  expect(shownAfter('modbus-rtu', bytesFor('modbus-rtu', number(), { unit: 2 }))).toBe('')
})

test('a Modbus module ignores a frame with a wrong check sum', () => {
  const damaged = Buffer.from(bytesFor('modbus-rtu', { kind: 'idle' }))
  damaged[8] = 0x39
  expect(shownAfter('modbus-rtu', bytesFor('modbus-rtu', number()), damaged)).toBe('A012')
})

test('an Epson display writes where its cursor is, and forgets all when it is initialised', () => {
  const [init] = ledDriver('epson-dm').init({})
  expect(shownAfter('epson-dm', bytesFor('epson-dm', number()))).toBe('ANTREAN A-012\nLOKET 3')
  expect(shownAfter('epson-dm', bytesFor('epson-dm', number()), Buffer.from('1f240a02', 'hex'), Buffer.from('!'))).toBe(
    'ANTREAN A-012\nLOKET 3  !',
  )
  expect(shownAfter('epson-dm', bytesFor('epson-dm', number()), init?.bytes ?? Buffer.alloc(0))).toBe('')
})

test('an Alpha sign ignores a text with a wrong check sum, and takes one without', () => {
  const damaged = Buffer.from(bytesFor('alpha', { kind: 'closed' }))
  damaged[15] = 0x41
  expect(shownAfter('alpha', bytesFor('alpha', number()), damaged)).toBe('A012')
  expect(shownAfter('alpha', damaged, bytesFor('alpha', number(), { checksum: false }))).toBe('A012')
})
