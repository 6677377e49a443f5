/** What the options of a technician make of a device. */
import { describe, expect, test } from 'vitest'
import { readCommand } from '#main/host/set-up/command-line/arguments.ts'
import { chosenDisplay, chosenPrinter } from '#main/host/set-up/command-line/chosen-devices.ts'

const display = (...words: string[]) =>
  chosenDisplay(readCommand(['test-led', '--port', 'COM3', ...words]).options, null).transport
const printer = (...words: string[]) => chosenPrinter(readCommand(['test-print', ...words]).options, null)

describe('the line of a display', () => {
  test('is set as its driver leaves the factory when nothing is said of it', () => {
    expect(display('--driver', 'cd5220')).toEqual({ kind: 'serial', path: 'COM3' })
  })

  test('keeps what was not named, also the speed', () => {
    const half = display('--driver', 'cd5220', '--parity', 'even', '--data-bits', '7')
    expect(half).toMatchObject({ settings: { baudRate: 9600, dataBits: 7, parity: 'even', stopBits: 1 } })
    const sign = display('--driver', 'alpha', '--baud', '4800')
    expect(sign).toMatchObject({ settings: { baudRate: 4800, dataBits: 7, parity: 'even', stopBits: 1 } })
  })
})

test('the line of a printer keeps what was not named', () => {
  expect(printer('--port', 'COM4', '--stop-bits', '2', '--width', '58')).toMatchObject({
    width: 58,
    transport: { settings: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 2 }, flow: 'none' },
  })
  expect(printer('--tcp', '10.0.0.1:9101')).toMatchObject({ width: 80, transport: { host: '10.0.0.1', port: 9101 } })
})
