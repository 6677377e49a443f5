/** The shape of a counter's printer set-up. What a set-up does not say has a default, so that old ones stay valid. */
import { z } from 'zod'
import { DeviceIdentity } from '#main/host/devices/serial/device-identity.ts'
import { SerialSettings } from '#main/host/devices/serial/serial-settings.ts'

/**
 * `ask`: DLE EOT before and after a job; a printer that does not answer is found out. `none`: for one that prints such
 * questions as text.
 */
const StatusUse = z.enum(['ask', 'none']).default('ask')

/** The computer's name starts with a letter or digit: `\\.\COM1` and `\\?\C:` are no shares. */
const SHARE = /^\\\\[A-Za-z0-9][A-Za-z0-9.-]{0,252}\\[^\\/:*?"<>|\p{Cc}]{1,80}$/u

export const PrinterProfile = z.strictObject({
  /** Paper width in mm. */
  width: z.literal([58, 80]),
  transport: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('tcp'),
      host: z.string().min(1),
      port: z.int().min(1).max(65_535).default(9100),
      status: StatusUse,
    }),
    /** COM4 or /dev/ttyUSB1. */
    z.strictObject({
      kind: z.literal('serial'),
      path: z.string().min(1),
      device: DeviceIdentity.optional(),
      /** As on the printer's self-test page; 9600 8N1 leaves most factories. */
      settings: SerialSettings.default({ baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }),
      /** How the printer says that its buffer is full. */
      flow: z.enum(['none', 'rts-cts', 'xon-xoff']).default('none'),
      status: StatusUse,
    }),
    /**
     * A printer of Windows by its whole name, `STRUK` or `\\server\STRUK`. A comma in it would open something else than a printer
     * (OpenPrinter: "PrinterName, Job 3").
     */
    z.strictObject({ kind: z.literal('spooler'), queue: z.string().regex(/^[^\p{Cc},]{1,220}$/u) }),
    /** A character device of Linux, /dev/usb/lp0, or a printer shared by Windows, `\\localhost\STRUK`: a share itself, nothing in it. */
    z.strictObject({
      kind: z.literal('file'),
      path: z.union([z.string().startsWith('/dev/'), z.string().regex(SHARE)]),
    }),
    /** A queue of CUPS. Its first character keeps it from being taken for an option. */
    z.strictObject({ kind: z.literal('cups'), queue: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,126}$/) }),
    /** No printer: the paper appears in the device panel on the screen. */
    z.strictObject({ kind: z.literal('panel') }),
  ]),
})
export type PrinterProfile = z.infer<typeof PrinterProfile>
export type SerialTarget = Pick<Extract<PrinterProfile['transport'], { kind: 'serial' }>, 'settings' | 'flow'>
