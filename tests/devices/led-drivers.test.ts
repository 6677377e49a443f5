import { describe, expect, test } from 'vitest'
import { cd5220 } from '#main/host/devices/led/cd5220.ts'
import { LedProfile, ledDrivers } from '#main/host/devices/led/drivers.ts'
import { hasValidCrc, writeRegister, writeRegisters } from '#main/host/devices/led/modbus-frame.ts'
import { modbusRtu } from '#main/host/devices/led/modbus-rtu.ts'
import { number } from '#tests/devices/samples.ts'

const hex = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('hex')
    .toUpperCase()
    .replace(/(..)(?=.)/g, '$1 ')
const ascii = (text: string) => Buffer.from(text, 'latin1')

describe('Modbus RTU', () => {
  test('writes the vendor examples byte for byte', () => {
    expect(hex(writeRegister(1, 0, 50))).toBe('01 06 00 00 00 32 08 1F')
    expect(hex(writeRegister(1, 0, 1234))).toBe('01 06 00 00 04 D2 0B 57')
    expect(hex(writeRegisters(1, 0, [2468, 3, 1]))).toBe('01 10 00 00 00 03 06 09 A4 00 03 00 01 A6 00')
  })

  test('refuses a frame with one changed bit', () => {
    const frame = writeRegister(1, 0, 1234)
    expect(hasValidCrc(frame)).toBe(true)
    for (let bit = 0; bit < frame.length * 8; bit++) {
      const changed = frame.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
      expect(hasValidCrc(changed)).toBe(false)
    }
  })

  test('a dm36 module gets the number with its letter, one character per register, right-aligned', () => {
    const [frame, ...more] = modbusRtu.encode(number(), { unit: 7 })
    expect(frame && hex(frame.bytes).slice(0, -6)).toBe('07 10 00 00 00 06 0C 00 20 00 20 00 41 00 30 00 31 00 32')
    expect(more).toEqual([])
  })

  test('a tm1650 module gets the number, its brightness, and whether it flashes', () => {
    const params = { profile: 'tm1650', brightness: 1 }
    expect(modbusRtu.encode(number(undefined, true), params).map(({ bytes }) => hex(bytes).slice(0, -6))).toEqual([
      '01 10 00 00 00 03 06 00 0C 00 00 00 01',
      '01 06 00 03 00 01',
    ])
    const steady = modbusRtu.encode(number(), params).at(-1)
    expect(steady && hex(steady.bytes).slice(0, -6)).toBe('01 06 00 03 00 00')
  })

  test('a number that does not fit is refused instead of cut', () => {
    const long = number({ text: '1ABC-0012', prefix: '1ABC', digits: '0012' })
    expect(modbusRtu.encode(long, {})).toEqual([])
    const tooHigh = number({ text: 'A-10000', prefix: 'A', digits: '10000' })
    expect(modbusRtu.encode(tooHigh, { profile: 'tm1650' })).toEqual([])
  })

  test('only the number-only profile says that it drops the letter', () => {
    expect(modbusRtu.showsPrefix({ profile: 'dm36' })).toBe(true)
    expect(modbusRtu.showsPrefix({ profile: 'tm1650' })).toBe(false)
  })
})

describe('CD5220', () => {
  const bytesOf = (...args: Parameters<typeof cd5220.encode>) => cd5220.encode(...args).map(({ bytes }) => bytes)

  test('initialises once, then writes both lines of twenty characters together', () => {
    expect(cd5220.init({ brightness: 2 }).map(({ bytes }) => Buffer.from(bytes))).toEqual([
      Buffer.from('1b401b2a020c', 'hex'),
    ])
    expect(bytesOf(number(), {}).map((bytes) => Buffer.from(bytes))).toEqual([
      Buffer.concat([
        Buffer.from('1b5141', 'hex'),
        ascii('ANTREAN A-012       \r'),
        Buffer.from('1b5142', 'hex'),
        ascii('LOKET 3             \r'),
      ]),
    ])
  })

  test('has words for a closed and for an idle counter', () => {
    expect(ascii('LOKET TUTUP')).toEqual(Buffer.from(bytesOf({ kind: 'closed' }, {})[0] ?? []).subarray(3, 14))
    expect(ascii('SELAMAT DATANG')).toEqual(Buffer.from(bytesOf({ kind: 'idle' }, {})[0] ?? []).subarray(3, 17))
  })

  test('gives up the word before it cuts the number, and refuses what is longer than the line', () => {
    const long = { text: 'ABC-0123456789', prefix: 'ABC', digits: '0123456789' }
    expect(Buffer.from(bytesOf(number(long), {})[0] ?? []).subarray(3, 23)).toEqual(ascii('ABC-0123456789      '))
    expect(bytesOf(number({ ...long, text: 'A'.repeat(21) }), {})).toEqual([])
  })
})

describe('every driver', () => {
  test.each(Object.entries(ledDrivers))(
    '%s works with nothing but defaults and pauses after each frame',
    (id, driver) => {
      expect(driver.id).toBe(id)
      for (const state of [{ kind: 'closed' }, { kind: 'idle' }, number()] as const) {
        const frames = driver.encode(state, {})
        expect(frames.length).toBeGreaterThan(0)
        for (const { gapMs } of frames) expect(gapMs).toBeGreaterThan(0)
      }
    },
  )

  test('refuses a parameter it does not know', () => {
    expect(() => cd5220.encode(number(), { brightnes: 2 })).toThrow(/brightnes/)
  })

  test('a profile is completed with the defaults of its own driver', () => {
    const profile = LedProfile.parse({ driver: 'modbus-rtu', transport: { kind: 'serial', path: 'COM3' } })
    expect(profile.params).toMatchObject({ unit: 1, profile: 'dm36' })
    expect(LedProfile.safeParse({ ...profile, driver: 'cd5220' }).success).toBe(false)
  })
})
