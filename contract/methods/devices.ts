/**
 * What the set-up screens and the technician's command line ask of the host: which devices there are, what a set-up would
 * send, a try on the real device, and the profile that comes of it. A draft of a profile is plain JSON here; its shape belongs
 * to the drivers (main/host/profile.ts), and the host says what is wrong with it.
 */
import { z } from 'zod'
import { Done, Json, method } from '#contract/methods/method.ts'
import { PaperView } from '#contract/snapshot.ts'
import { Announcement, Clip } from '#contract/voice.ts'
import { DeviceRole } from '#contract/wire/enrolment.ts'

const PaperKind = z.enum(['slip', 'receipt'])

/** At which place of the profile which rule was broken: `displays.0.params.map`, a sentence for the technician. */
const PROFILE_ERRORS = ['PROFILE_WRONG'] as const

export const SerialPortView = z.object({
  /** COM3 or /dev/ttyUSB0. */
  path: z.string(),
  maker: z.string().nullable(),
  serialNumber: z.string().nullable(),
  pnpId: z.string().nullable(),
  vendorId: z.string().nullable(),
  productId: z.string().nullable(),
  /** What the profile in force has on it. */
  usedBy: z.enum(['display', 'printer']).nullable(),
})
export type SerialPortView = z.infer<typeof SerialPortView>

export const PrinterView = z.object({
  name: z.string(),
  /** The profile's transport for it. */
  kind: z.enum(['spooler', 'cups', 'file']),
  driver: z.string().nullable(),
  port: z.string().nullable(),
  isDefault: z.boolean(),
  /** Names of other printers that people may take for this one. */
  alike: z.array(z.string()),
  /** Why it cannot be chosen; null when it can. */
  problem: z.string().nullable(),
})
export type PrinterView = z.infer<typeof PrinterView>

export const DriverView = z.object({
  id: z.string(),
  name: z.string(),
  /** Factory setting of its displays. */
  serial: z.object({ baudRate: z.int(), dataBits: z.int(), parity: z.string(), stopBits: z.int() }),
  /** JSON Schema of its parameters; every one has a default and a title. */
  parameters: Json,
})
export type DriverView = z.infer<typeof DriverView>

/** What a display is to show for a try. */
export const DisplayTry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('number'),
    label: z.string().trim().toUpperCase().min(1).max(20),
    counterName: z.string().trim().max(20),
    blink: z.boolean(),
  }),
  z.object({ kind: z.enum(['idle', 'paused', 'closed']) }),
])
export type DisplayTry = z.infer<typeof DisplayTry>

/** What to look at; `hint.<code>` in the message catalogues. */
export const Hint = z.enum([
  'HINT_CABLE',
  'HINT_POWER',
  'HINT_PORT_IN_USE',
  'HINT_TWO_ALIKE',
  'HINT_BAUD',
  'HINT_SWAP_LINES',
  'HINT_ADDRESS',
  'HINT_FLOW_CONTROL',
  /** The display may be one that never answers. */
  'HINT_NO_ANSWER_WANTED',
  /** The bytes have left, and this device never answers: only the eye can tell. */
  'HINT_LOOK_AT_IT',
  /** The same of a printer that does not say that it has printed. */
  'HINT_LOOK_AT_PAPER',
  'HINT_PAPER',
  'HINT_COVER',
  'HINT_NETWORK',
  'HINT_PRINTER_NAME',
  /** Windows or CUPS does not answer: its service, or the computer that shares the printer. */
  'HINT_SPOOLER_SERVICE',
  /** The system took the question and refuses: the right to print, a stopped queue, a full disk. */
  'HINT_PRINT_RIGHT',
  'HINT_DEVICE_PATH',
])
export type Hint = z.infer<typeof Hint>

/** What a try came to. `code` is null when all bytes left and what had to be answered was. */
export const TryOutcome = z.object({
  code: z.string().nullable(),
  /** The system's or the device's own word for it. */
  detail: z.string().nullable(),
  /** The likeliest first. */
  hints: z.array(Hint),
})
export type TryOutcome = z.infer<typeof TryOutcome>

export const TrafficLine = z.object({
  /** Counts up; the next question asks for what comes after it. */
  n: z.int().min(1),
  at: z.int(),
  /** The port. */
  where: z.string(),
  direction: z.enum(['sent', 'heard']),
  /** "1B 40 0C" */
  hex: z.string(),
})
export type TrafficLine = z.infer<typeof TrafficLine>

export const DEVICE_METHODS = {
  'devices.list': method({
    input: z.object({}),
    output: z.object({
      ports: z.array(SerialPortView),
      printers: z.array(PrinterView),
      /** Why a list is empty or not whole. */
      problems: z.array(z.object({ code: z.enum(['PORT_LIST_FAILED', 'PRINTER_LIST_FAILED']), detail: z.string() })),
    }),
    access: 'set-up',
    movesCustody: false,
    asksByItself: true,
    errors: [],
  }),
  'devices.drivers': method({
    input: z.object({}),
    output: z.object({ drivers: z.array(DriverView) }),
    access: 'set-up',
    movesCustody: false,
    errors: [],
  }),
  'devices.profile': method({
    input: z.object({}),
    output: z.object({
      profile: Json,
      /** Loudspeaker zones of the mall that this workstation may speak for. */
      zones: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
    access: 'set-up',
    movesCustody: false,
    errors: [],
  }),
  /** Written whole or not at all, and in force at once. */
  'devices.save': method({
    input: z.object({ profile: Json }),
    output: Done,
    access: 'set-up',
    movesCustody: false,
    errors: [...PROFILE_ERRORS, 'PROFILE_NOT_SAVED'],
  }),
  /** Nothing is sent. */
  'devices.previewDisplay': method({
    input: z.object({ display: Json, show: DisplayTry }),
    output: z.object({
      /** False: the display drops the letters before a number. */
      showsPrefix: z.boolean(),
      /** One line of hexadecimal bytes for each write. */
      init: z.array(z.string()),
      /** Empty: the display cannot show this. */
      state: z.array(z.string()),
      /** What would stand on it, where the driver can tell. */
      shown: z.string().nullable(),
    }),
    access: 'set-up',
    movesCustody: false,
    errors: [...PROFILE_ERRORS, 'LABEL_UNREADABLE'],
  }),
  /** Shows it for some seconds on the real display; after that the desk's own state stands there again. */
  'devices.tryDisplay': method({
    input: z.object({ display: Json, show: DisplayTry }),
    output: TryOutcome,
    access: 'set-up',
    movesCustody: false,
    errors: [...PROFILE_ERRORS, 'LABEL_UNREADABLE', 'TRY_RUNNING', 'TRY_CUT_SHORT'],
  }),
  /** What went over the serial lines of displays lately. */
  'devices.traffic': method({
    input: z.object({ after: z.int().min(0) }),
    output: z.object({ lines: z.array(TrafficLine) }),
    access: 'set-up',
    movesCustody: false,
    asksByItself: true,
    errors: [],
  }),
  /** A paper as it would come out, from sample data; `papers` is a draft of the mall's templates, null for those in force. */
  'devices.previewPaper': method({
    input: z.object({ width: z.literal([58, 80]), paper: PaperKind, papers: Json.nullable() }),
    output: z.object({
      picture: PaperView.nullable(),
      /** What is wrong with the draft; then there is no picture. */
      problems: z.array(z.object({ at: z.string(), rule: z.string() })),
      /** What would not come out as written. */
      warnings: z.array(z.object({ at: z.string(), rule: z.string() })),
    }),
    access: 'set-up',
    movesCustody: false,
    errors: [],
  }),
  /** On the printer of a draft; `papers` as for a preview. */
  'devices.tryPrinter': method({
    input: z.object({ printer: Json, paper: PaperKind, papers: Json.nullable() }),
    output: TryOutcome.extend({
      kind: z.enum(['handed_over', 'confirmed', 'not_sent', 'unknown']),
      /** What the printer said of itself; null from one that does not tell. */
      paperLow: z.boolean().nullable(),
    }),
    access: 'set-up',
    movesCustody: false,
    errors: [...PROFILE_ERRORS, 'TEMPLATE_WRONG', 'TRY_RUNNING', 'TRY_CUT_SHORT'],
  }),
  /** How a call would sound: one reading, with all of its clips that can be read. Who is to hear it plays it. */
  'devices.tryVoice': method({
    input: z.object({ voice: Json }),
    output: z.object({ announcement: Announcement, clips: z.array(Clip) }),
    access: 'set-up',
    movesCustody: false,
    errors: PROFILE_ERRORS,
  }),
  /** The set-up of this counter for another PC: never a token, key, session, hand or store. */
  'devices.export': method({
    input: z.object({}),
    output: z.object({ fileName: z.string(), text: z.string() }),
    access: 'set-up',
    movesCustody: false,
    errors: ['NOT_ENROLLED'],
  }),
  /** Reads a file of devices.export. Nothing is changed: enrolment with a one-time code takes the profile over. */
  'devices.readExport': method({
    input: z.object({ text: z.string().max(500_000) }),
    output: z.object({
      serverUrl: z.string(),
      role: DeviceRole,
      /** As its mall calls it, "Loket 12"; a front desk's may be longer than the name of a PC. */
      placeName: z.string(),
      profile: Json,
    }),
    access: 'set-up',
    movesCustody: false,
    errors: ['EXPORT_UNREADABLE', 'EXPORT_NEWER', ...PROFILE_ERRORS],
  }),
} as const
