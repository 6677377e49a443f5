/** What a technician is told to look at: only what is there on the way to the device that was tried. */
import { describe, expect, test } from 'vitest'
import type { Hint } from '#contract/methods/devices.ts'
import { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import type { DeviceFailure } from '#main/host/ports.ts'
import { HINT_WORDS } from '#main/host/set-up/command-line/words.ts'
import { hintsFor, type TriedKind } from '#main/host/set-up/hints.ts'

const PRINTERS = PrinterProfile.shape.transport.options.map(({ shape }) => shape.kind.value)
const FAILURES = [
  'PRINTER_UNREACHABLE',
  'PRINTER_REFUSED',
  'PRINTER_CUT_OFF',
  'PRINTER_TIMEOUT',
  'PRINTER_PAPER_OUT',
  'PRINTER_COVER_OPEN',
  'PRINTER_OFFLINE',
  'PRINTER_PORT_BUSY',
  'PRINTER_PORT_AMBIGUOUS',
  'PRINTER_SETUP_WRONG',
] as const

const hints = (kind: TriedKind, code: DeviceFailure | null, heardSomething = false) =>
  hintsFor({ code, kind, heardSomething })

describe('the hints after a try', () => {
  test.each<[TriedKind, DeviceFailure, Hint]>([
    ['spooler', 'PRINTER_REFUSED', 'HINT_PRINT_RIGHT'],
    ['cups', 'PRINTER_REFUSED', 'HINT_PRINT_RIGHT'],
    ['tcp', 'PRINTER_REFUSED', 'HINT_NETWORK'],
    ['spooler', 'PRINTER_UNREACHABLE', 'HINT_SPOOLER_SERVICE'],
    ['cups', 'PRINTER_UNREACHABLE', 'HINT_SPOOLER_SERVICE'],
    ['serial', 'PRINTER_UNREACHABLE', 'HINT_POWER'],
    ['tcp', 'PRINTER_UNREACHABLE', 'HINT_POWER'],
    ['file', 'PRINTER_UNREACHABLE', 'HINT_DEVICE_PATH'],
    ['file', 'PRINTER_SETUP_WRONG', 'HINT_DEVICE_PATH'],
    ['spooler', 'PRINTER_SETUP_WRONG', 'HINT_PRINTER_NAME'],
    ['led', 'LED_PORT_MISSING', 'HINT_CABLE'],
  ])('on %s at %s begin with %s', (kind, code, first) => {
    expect(hints(kind, code)[0]).toBe(first)
  })

  test('speak of a network, a service, a name or a path only where there is one', () => {
    const owners: Partial<Record<Hint, TriedKind[]>> = {
      HINT_NETWORK: ['tcp'],
      HINT_SPOOLER_SERVICE: ['spooler', 'cups'],
      HINT_PRINT_RIGHT: ['spooler', 'cups', 'file'],
      HINT_DEVICE_PATH: ['file'],
    }
    const wrong = PRINTERS.flatMap((kind) =>
      FAILURES.flatMap((code) => hints(kind, code).filter((hint) => owners[hint]?.includes(kind) === false)),
    )
    expect(wrong).toEqual([])
  })

  test('send the eye to the display after a display, and to the paper after a printer', () => {
    expect(hints('led', null)).toEqual(['HINT_LOOK_AT_IT'])
    for (const kind of PRINTERS) expect(hints(kind, null)).toEqual(['HINT_LOOK_AT_PAPER'])
  })
})

test('in the terminal no hint claims that something was heard, or that nothing was', () => {
  expect(hints('led', 'LED_NO_REPLY')).toContain('HINT_BAUD')
  expect(hints('led', 'LED_NO_REPLY', true)).toContain('HINT_BAUD')
  expect(HINT_WORDS.HINT_BAUD).not.toMatch(/jawaban/)
  expect(HINT_WORDS.HINT_LOOK_AT_IT).not.toMatch(/menjawab|jawaban/)
})
