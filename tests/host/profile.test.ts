/** What a profile may say, and how it is kept. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PROFILE_FILE, ProfileError, parseProfile, readProfile, writeProfile } from '#main/host/profile.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const COM3 = { kind: 'serial', path: 'COM3' }
const NO_DEVICES = { displays: [], printer: null, voice: null, language: 'id' }

function display(driver: string, params: object = {}, transport: object = COM3) {
  return { driver, params, transport }
}

function module(unit: number, transport: object = COM3) {
  return display('modbus-rtu', { unit }, transport)
}

function refusal(change: object): string | null {
  try {
    parseProfile({ ...NO_DEVICES, ...change })
    return null
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error
    return error.message
  }
}

describe('a profile', () => {
  test('may have no device at all, and is completed with defaults', () => {
    expect(parseProfile(NO_DEVICES)).toEqual(NO_DEVICES)
    const profile = parseProfile({ ...NO_DEVICES, displays: [{ driver: 'cd5220', transport: COM3 }] })
    expect(profile.displays).toMatchObject([{ driver: 'cd5220', params: { brightness: 4 } }])
  })

  test('has eight displays at most', () => {
    const displays = (count: number) => Array.from({ length: count }, (_, index) => module(index + 1))
    expect(refusal({ displays: displays(8) })).toBeNull()
    expect(refusal({ displays: displays(9) })).toContain('displays: ')
  })

  test('says which of its parts is wrong, and why', () => {
    expect(refusal({ displays: [display('cd5220', { brightness: 9 })] })).toMatch(/^displays\.0\.params\.brightness: /)
    expect(refusal({ displays: undefined, language: 'jv' })).toMatch(/^displays: .+; language: /)
  })

  test.each([
    [{ serialNumber: 'A50285BI' }, true],
    [{ vendorId: '0403', productId: '6001' }, true],
    [{}, false],
    [{ serialNumber: '' }, false],
    [{ colour: 'red' }, false],
  ])('may know the adapter %j: %s', (device, isGood) => {
    const serial = { kind: 'serial', path: 'COM9', device }
    const found = [refusal({ displays: [module(1, serial)] }), refusal({ printer: { width: 80, transport: serial } })]
    expect(found.map((message) => message === null)).toEqual([isGood, isGood])
  })
})

describe('displays on one port', () => {
  test('may be as many as have addresses of their own', () => {
    expect(refusal({ displays: [module(1), module(2), module(3)] })).toBeNull()
    const line = (name: string) => display('stx-ascii', { dialect: 'fds', line: name })
    expect(refusal({ displays: [line('1'), line('A'), display('stx-ascii', { address: '01' })] })).toBeNull()
    const settings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }
    const sign = display('alpha', { address: '0A' }, { ...COM3, settings })
    expect(refusal({ displays: [module(1), sign] })).toBeNull()
  })

  test('are told apart by their addresses, under every spelling of the port', () => {
    const again = module(2, { kind: 'serial', path: '\\\\.\\com3' })
    expect(refusal({ displays: [module(1), module(2), again] })).toBe(
      'displays.2.params: alamat 2 di \\\\.\\com3 sudah dipakai displays.1',
    )
  })

  test('need the same settings of the line, also when one has them from its driver', () => {
    const settings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }
    expect(refusal({ displays: [module(1), module(2, { ...COM3, settings })] })).toBeNull()
    const faster = { ...settings, baudRate: 19_200 }
    expect(refusal({ displays: [module(1), module(2, { ...COM3, settings: faster })] })).toBe(
      'displays.1.transport.settings: setelan serialnya berbeda dari displays.0 di port yang sama, COM3',
    )
  })

  test('need the same adapter', () => {
    const device = { serialNumber: 'A50285BI' }
    expect(refusal({ displays: [module(1, { ...COM3, device }), module(2)] })).toBe(
      'displays.1.transport.device: adaptornya berbeda dari displays.0 di port yang sama, COM3',
    )
  })

  test.each([
    ['cd5220', {}],
    ['epson-dm', {}],
    ['alpha', { address: '00' }],
    ['template', { addr: '' }],
    ['template', { show: '{addr}{number}', message: '{text}' }],
  ])('%s %j has no address and needs a port of its own', (driver, params) => {
    expect(refusal({ displays: [display(driver, params)] })).toBeNull()
    const settings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }
    const shared = { ...COM3, settings }
    expect(refusal({ displays: [module(1, shared), display(driver, params, shared)] })).toBe(
      `displays.1.driver: ${driver} dengan setelan ini tidak punya alamat sendiri, jadi tidak dapat berbagi COM3`,
    )
  })

  test('of own templates name it in everything they send; 5 and 05 may be the same byte', () => {
    const own = (addr: string) =>
      display('template', { addr, show: '{addr:bin8}{number}', message: '', clear: '{addr:bin8}C' })
    expect(refusal({ displays: [own('5'), own('6')] })).toBeNull()
    expect(refusal({ displays: [own('5'), own('05')] })).toContain('alamat 5 di COM3')
  })

  test('that differ have nothing to agree on', () => {
    expect(refusal({ displays: [module(1), module(1, { kind: 'serial', path: 'COM4' })] })).toBeNull()
    expect(
      refusal({ displays: [display('cd5220', {}, { kind: 'panel' }), display('cd5220', {}, { kind: 'panel' })] }),
    ).toBeNull()
  })
})

test('a printer never shares a port with a display', () => {
  const printer = (path: string) => ({ width: 80, transport: { kind: 'serial', path } })
  expect(refusal({ displays: [module(1)], printer: printer('com3') })).toBe(
    'printer.transport.path: com3 sudah dipakai displays.0',
  )
  expect(refusal({ displays: [module(1)], printer: printer('COM4') })).toBeNull()
  const onTty = module(1, { kind: 'serial', path: '/dev/ttyUSB0' })
  const file = { width: 80, transport: { kind: 'file', path: '/dev/ttyUSB0' } }
  expect(refusal({ displays: [onTty], printer: file })).toContain('printer.transport.path')
})

describe('profile.json', () => {
  const profile = () => parseProfile({ ...NO_DEVICES, displays: [module(1), module(2)], language: 'en' })

  test('of the first version is understood: it knew one display, called led', () => {
    const folder = tempFolder()
    const { displays: _, ...others } = NO_DEVICES
    writeFileSync(join(folder, PROFILE_FILE), JSON.stringify({ ...others, led: display('cd5220') }))
    expect(readProfile(folder).displays).toMatchObject([{ driver: 'cd5220', transport: COM3 }])
    writeFileSync(join(folder, PROFILE_FILE), JSON.stringify({ ...others, led: null }))
    expect(readProfile(folder)).toEqual(NO_DEVICES)
  })

  test('means no devices when it is missing, and comes back as it was written', () => {
    const folder = tempFolder()
    expect(readProfile(folder)).toEqual(NO_DEVICES)
    writeProfile(folder, profile())
    expect(readProfile(folder)).toEqual(profile())
    writeProfile(folder, parseProfile(NO_DEVICES))
    expect(readProfile(folder)).toEqual(NO_DEVICES)
    expect(readdirSync(folder)).toEqual([PROFILE_FILE])
  })

  test.each(['{ half', '[]', '{"displays": []}'])('%s is refused with the name of the file', (text) => {
    const folder = tempFolder()
    writeFileSync(join(folder, PROFILE_FILE), text)
    expect(() => readProfile(folder)).toThrow(join(folder, PROFILE_FILE))
    expect(() => readProfile(folder)).toThrow(ProfileError)
  })

  test('is not replaced by what could not be read again', () => {
    const folder = tempFolder()
    writeProfile(folder, profile())
    const twice = { ...profile(), displays: profile().displays.flatMap((one) => [one, one]) }
    expect(() => writeProfile(folder, twice)).toThrow(ProfileError)
    expect(readProfile(folder)).toEqual(profile())
  })

  test('stays as it was when the new one cannot be put in its place, and nothing is left beside it', () => {
    const folder = tempFolder()
    const place = join(folder, PROFILE_FILE)
    mkdirSync(join(place, 'in-the-way'), { recursive: true })
    expect(() => writeProfile(folder, profile())).toThrow(/EISDIR|ENOTEMPTY|EEXIST/)
    expect(readdirSync(folder)).toEqual([PROFILE_FILE])
    expect(existsSync(join(place, 'in-the-way'))).toBe(true)
    expect(() => writeProfile(join(folder, 'no-such-folder'), profile())).toThrow(/ENOENT/)
  })

  test('was never half a file, also not while it is written', () => {
    const folder = tempFolder()
    writeProfile(folder, profile())
    // What a crash left beside it is overwritten, not read.
    writeFileSync(join(folder, `${PROFILE_FILE}.new`), '{ half')
    expect(readProfile(folder)).toEqual(profile())
    writeProfile(folder, parseProfile(NO_DEVICES))
    expect(JSON.parse(readFileSync(join(folder, PROFILE_FILE), 'utf8'))).toEqual(NO_DEVICES)
  })
})
