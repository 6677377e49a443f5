/** What to look at when a try on a device fails, the likeliest first. */
import type { Hint } from '#contract/methods/devices.ts'
import type { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import type { DeviceFailure } from '#main/host/ports.ts'

const HINTS: Readonly<Record<DeviceFailure, readonly Hint[]>> = {
  LED_PORT_MISSING: ['HINT_CABLE'],
  LED_PORT_BUSY: ['HINT_PORT_IN_USE'],
  LED_PORT_AMBIGUOUS: ['HINT_TWO_ALIKE'],
  LED_WRITE_FAILED: ['HINT_CABLE'],
  LED_SILENT: ['HINT_FLOW_CONTROL', 'HINT_CABLE'],
  LED_NO_REPLY: ['HINT_SWAP_LINES', 'HINT_BAUD', 'HINT_ADDRESS', 'HINT_POWER', 'HINT_NO_ANSWER_WANTED'],
  LED_CANNOT_SHOW: [],
  PRINTER_UNREACHABLE: ['HINT_POWER', 'HINT_CABLE'],
  PRINTER_REFUSED: [],
  PRINTER_CUT_OFF: ['HINT_CABLE', 'HINT_POWER'],
  PRINTER_TIMEOUT: ['HINT_PAPER', 'HINT_COVER', 'HINT_POWER'],
  PRINTER_PAPER_OUT: ['HINT_PAPER'],
  PRINTER_COVER_OPEN: ['HINT_COVER'],
  PRINTER_OFFLINE: ['HINT_POWER', 'HINT_COVER'],
  PRINTER_PORT_BUSY: ['HINT_PORT_IN_USE'],
  PRINTER_PORT_AMBIGUOUS: ['HINT_TWO_ALIKE'],
  PRINTER_SETUP_WRONG: ['HINT_PRINTER_NAME'],
  VOICE_CROWDED: [],
  VOICE_NOT_SPEAKER: [],
  VOICE_NO_SOUND: [],
  VOICE_SILENT: [],
  VOICE_UNHEARD: [],
  VOICE_ZONE_UNKNOWN: [],
}

/** What was tried: a display, or a printer by the way to it. */
export type TriedKind = 'led' | PrinterProfile['transport']['kind']

/** A queue of the system stands between the counter and the printer: cables and addresses are its business. */
const SYSTEM_QUEUE: Partial<typeof HINTS> = {
  PRINTER_UNREACHABLE: ['HINT_SPOOLER_SERVICE'],
  PRINTER_REFUSED: ['HINT_PRINT_RIGHT'],
  PRINTER_CUT_OFF: ['HINT_SPOOLER_SERVICE'],
  PRINTER_TIMEOUT: ['HINT_SPOOLER_SERVICE'],
  PRINTER_OFFLINE: ['HINT_POWER', 'HINT_CABLE', 'HINT_COVER'],
}

/** Where the same code calls for another look. */
const BY_KIND: Partial<Record<TriedKind, Partial<typeof HINTS>>> = {
  tcp: {
    PRINTER_UNREACHABLE: ['HINT_POWER', 'HINT_NETWORK'],
    PRINTER_REFUSED: ['HINT_NETWORK'],
    PRINTER_CUT_OFF: ['HINT_NETWORK', 'HINT_POWER'],
  },
  spooler: SYSTEM_QUEUE,
  cups: SYSTEM_QUEUE,
  file: {
    PRINTER_UNREACHABLE: ['HINT_DEVICE_PATH', 'HINT_POWER', 'HINT_CABLE'],
    PRINTER_REFUSED: ['HINT_PRINT_RIGHT', 'HINT_DEVICE_PATH'],
    PRINTER_SETUP_WRONG: ['HINT_DEVICE_PATH'],
  },
}

export type Tried = {
  /** Null: every byte left, and what had to be answered was. */
  code: DeviceFailure | null
  kind: TriedKind
  /** Something came back, though not what was waited for: letters in the wrong speed look like that. */
  heardSomething: boolean
}

export function hintsFor({ code, kind, heardSomething }: Tried): Hint[] {
  if (code === null) return [kind === 'led' ? 'HINT_LOOK_AT_IT' : 'HINT_LOOK_AT_PAPER']
  if (code === 'LED_NO_REPLY' && heardSomething) return ['HINT_BAUD', 'HINT_ADDRESS']
  return [...(BY_KIND[kind]?.[code] ?? HINTS[code])]
}
