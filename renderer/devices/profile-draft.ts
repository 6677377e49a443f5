/**
 * The profile as it is being edited. What was chosen before and is not chosen now is kept beside it, so that going back
 * loses nothing; `toProfile` leaves it out. A value that cannot be read yet stays the text that was typed.
 */
export type SerialSettings = { baudRate: number; dataBits: number; parity: string; stopBits: number }

/** What a serial port is known by when its name changes. */
export type PortMark = { serialNumber?: string; pnpId?: string; vendorId?: string; productId?: string }

type SerialPlace = { kind: 'serial'; path: string; device?: PortMark; settings?: SerialSettings }
type Panel = { kind: 'panel' }
export type Params = Readonly<Record<string, unknown>>

export type DisplayDraft = {
  /** Of this screen only: tells two displays apart while one is taken away. */
  id: string
  driver: string
  params: Params
  /** By driver. */
  paramsBefore: Readonly<Record<string, Params>>
  transport: SerialPlace | Panel
}

export type StatusUse = 'ask' | 'none'
export type TcpPrinter = { kind: 'tcp'; host: string; port: number | string; status?: StatusUse }
export type SerialPrinter = SerialPlace & { flow?: 'none' | 'rts-cts' | 'xon-xoff'; status?: StatusUse }
export type QueuePrinter =
  | { kind: 'spooler'; queue: string }
  | { kind: 'cups'; queue: string }
  | { kind: 'file'; path: string }
export type PrinterTransport = QueuePrinter | TcpPrinter | SerialPrinter | Panel

export type PrinterDraft = {
  width: 58 | 80
  /** Null: no printer here. */
  transport: PrinterTransport | null
  before: { tcp: TcpPrinter; serial: SerialPrinter }
}

export type Voice = {
  zone: string
  volume: number
  repeats: number
  chime: boolean
  reading: 'digits' | 'number'
  languages: 'id' | 'id+en'
}
export type VoiceDraft = Omit<Voice, 'zone'> & { zone: string | null }

export type ProfileDraft = {
  displays: readonly DisplayDraft[]
  printer: PrinterDraft
  voice: VoiceDraft
  language: 'id' | 'en'
}

type Profile = {
  displays?: Omit<DisplayDraft, 'id' | 'paramsBefore'>[]
  printer?: { width: 58 | 80; transport: PrinterTransport } | null
  voice?: Voice | null
  language?: 'id' | 'en'
}

const QUIET: VoiceDraft = { zone: null, volume: 80, repeats: 1, chime: true, reading: 'number', languages: 'id' }

/** The host checked it against its own shape, which is this one. */
export function readProfile(json: Readonly<Record<string, unknown>>): ProfileDraft {
  const { displays = [], printer = null, voice = null, language = 'id' } = json as Profile
  const transport = printer?.transport ?? null
  return {
    displays: displays.map((display) => ({ ...display, id: crypto.randomUUID(), paramsBefore: {} })),
    printer: {
      width: printer?.width ?? 80,
      transport,
      before: {
        tcp: transport?.kind === 'tcp' ? transport : { kind: 'tcp', host: '', port: 9100 },
        serial: transport?.kind === 'serial' ? transport : { kind: 'serial', path: '' },
      },
    },
    voice: voice ?? QUIET,
    language,
  }
}

export function toProfile(draft: ProfileDraft): Record<string, unknown> {
  const { displays, printer, voice, language } = draft
  return {
    displays: displays.map(displayProfile),
    printer: printerProfile(printer),
    voice: voice.zone === null ? null : voice,
    language,
  }
}

export function displayProfile({ driver, params, transport }: DisplayDraft): Record<string, unknown> {
  return { driver, params, transport }
}

export function printerProfile({ width, transport }: PrinterDraft): Record<string, unknown> | null {
  return transport && { width, transport }
}

/** A port by all that it says of itself. */
export function markOf(port: {
  serialNumber: string | null
  pnpId: string | null
  vendorId: string | null
  productId: string | null
}): PortMark {
  const { serialNumber, pnpId, vendorId, productId } = port
  return Object.fromEntries(
    Object.entries({ serialNumber, pnpId, vendorId, productId }).filter(([, value]) => value !== null),
  )
}
