/** What single LED drivers do beyond what all of them must (led-conformance.test.ts). */
import { describe, expect, test } from 'vitest'
import { driver as alpha } from '#main/host/devices/led/drivers/alpha.ts'
import { driver as cd5220 } from '#main/host/devices/led/drivers/cd5220.ts'
import { driver as modbusRtu } from '#main/host/devices/led/drivers/modbus-rtu.ts'
import { driver as stxAscii } from '#main/host/devices/led/drivers/stx-ascii.ts'
import { LedProfile, ledDriver } from '#main/host/devices/led/drivers.ts'
import { hexPreview } from '#main/host/devices/led/hex-preview.ts'
import { hasValidCrc, writeRegister, writeRegisters } from '#main/host/devices/led/modbus/modbus-frame.ts'
import { number } from '#tests/devices/samples.ts'

const hex = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('hex')
    .toUpperCase()
    .replace(/(..)(?=.)/g, '$1 ')
const problems = (params: unknown) => {
  const { error } = modbusRtu.parameters.safeParse(params)
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
}

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

  test('has no way to say 10000 on four places, and 0 when nobody is called', () => {
    const tm1650 = { profile: 'tm1650' }
    expect(modbusRtu.encode(number({ text: 'A-10000', prefix: 'A', digits: '10000' }), tm1650)).toEqual([])
    const idle = modbusRtu.encode({ kind: 'idle' }, tm1650)[0]
    expect(idle && hex(idle.bytes).slice(0, -6)).toBe('01 10 00 00 00 03 06 00 00 00 00 00 04')
  })

  test('treats a dm56 as a dm36', () => {
    const [dm36, dm56] = ['dm36', 'dm56'].map((profile) => modbusRtu.encode(number(), { profile }))
    expect(dm56).toEqual(dm36)
  })

  test('refuses an own map that shows no number, and words longer than the display', () => {
    expect(problems({ profile: 'own' })).toEqual(['map: tidak ada butir yang menampilkan nomor'])
    expect(problems({ profile: 'own', map: [{ holds: 'flash', register: 3 }] })).toEqual([
      'map: tidak ada butir yang menampilkan nomor',
    ])
    expect(problems({ closedText: 'SELESAI' })).toEqual(['closedText: lebih panjang daripada 6 karakter layar'])
    expect(problems({ profile: 'tm1650', closedText: 'SELESAI' })).toEqual([])
  })

  test('puts registers in a row into one frame of function 16, and others into their own', () => {
    const map = [
      { holds: 'characters', register: 0, count: 4, perRegister: 2 },
      { holds: 'fixed', register: 2, value: 1 },
      { holds: 'fixed', register: 9, value: 2 },
      { holds: 'flash', register: 10, on: 5, function: 6 },
    ]
    const frames = modbusRtu.encode(number(undefined, true), { profile: 'own', map })
    expect(frames.map(({ bytes }) => hex(bytes).slice(0, -6))).toEqual([
      '01 10 00 00 00 03 06 41 30 31 32 00 01',
      '01 10 00 09 00 01 02 00 02',
      '01 06 00 0A 00 05',
    ])
  })

  test('an odd number of characters fills the last register with a space', () => {
    const map = [{ holds: 'characters', register: 0, count: 5, perRegister: 2, first: 'left', align: 'left' }]
    const [frame] = modbusRtu.encode(number(), { profile: 'own', map })
    expect(frame && hex(frame.bytes).slice(0, -6)).toBe('01 10 00 00 00 03 06 41 30 31 32 20 20')
  })
})

test('a CD5220 loses a word before it loses the number, and the number before it lies', () => {
  const upper = (label: Parameters<typeof number>[0]) =>
    Buffer.from(cd5220.encode(number(label), {})[0]?.bytes ?? [])
      .subarray(3, 23)
      .toString()
  const twenty = { text: 'ABCDEFGHI-0123456789', prefix: 'ABCDEFGHI', digits: '0123456789' }
  expect(upper(twenty)).toBe('ABCDEFGHI-0123456789')
  expect(cd5220.encode(number({ ...twenty, text: `${twenty.text}0` }), {})).toEqual([])
})

test('an Alpha sign leaves out the counter when both do not fit', () => {
  const shown = (characters: number) =>
    Buffer.from(alpha.encode(number(), { counterWord: 'LOKET', checksum: false, characters })[0]?.bytes ?? [])
      .toString('latin1')
      .slice(15, -1)
  expect([shown(12), shown(11)]).toEqual(['A012 LOKET 3', 'A012'])
})

test('an FDS display refuses a label with the character that begins its commands', () => {
  const label = { text: '^-12', prefix: '^', digits: '12' }
  expect(stxAscii.encode(number(label), { dialect: 'fds' })).toEqual([])
})

test('a profile is completed with the defaults of its own driver, and refuses those of another', () => {
  const profile = LedProfile.parse({ driver: 'modbus-rtu', transport: { kind: 'serial', path: 'COM3' } })
  expect(profile.params).toMatchObject({ unit: 1, profile: 'dm36' })
  expect(LedProfile.safeParse({ ...profile, driver: 'cd5220' }).success).toBe(false)
})

test('profiles written before there were pauses and blinks are still valid', () => {
  const transport = { kind: 'serial', path: 'COM3' }
  const cd = { brightness: 3, gapMs: 20, queueWord: 'ANTREAN', counterWord: 'LOKET', idleUpper: 'A', closedLower: '' }
  const modbus = { unit: 2, profile: 'tm1650', gapMs: 50, idleText: '----', closedText: '', brightness: 8 }
  expect(LedProfile.safeParse({ driver: 'cd5220', params: cd, transport }).success).toBe(true)
  expect(LedProfile.safeParse({ driver: 'modbus-rtu', params: modbus, transport }).success).toBe(true)
})

test('the preview shows every write as the technician would write it down', () => {
  expect(hexPreview(ledDriver('template'), { preset: 'serial7segment', brightness: 16 }, number())).toEqual({
    init: ['76', '7A 10'],
    state: ['79 00 20 30 31 32'],
  })
})
