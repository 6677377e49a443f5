/**
 * What use cases know of the world outside: plain interfaces, implemented by devices/, sync/ and the process entry.
 * A use case never imports an implementation.
 */
import type { LedState, PrintDocument } from '#main/host/device-documents.ts'

export type Clock = {
  /** Wall clock of this PC, ms since the Unix epoch. */
  now(): number
  /** Monotonic ms since boot; only differences mean something, and only within one bootId. */
  mono(): number
  /** Changes when the machine restarts: durations over two boots are marked estimated. */
  readonly bootId: string
}

export type Ids = {
  /** A new random UUID. */
  uuid(): string
  /** n random bytes. */
  randomBytes(n: number): Uint8Array
}

/** What the sidecar says of the store: the nonce of the last hello, and the machine that said it. */
export type SidecarContent = { nonce: string | null; pendingNonce: string | null; machine: string }

/** A place outside the store that a restored or copied store does not bring along. */
export type Sidecar = {
  /** Null when there is none, or when it cannot be read. */
  read(): SidecarContent | null
  /** Whole or not at all. Throws StoreError. */
  write(content: SidecarContent): void
  /** Hash of what identifies this machine. */
  machine(): string
}

export type DeviceHealth =
  /** The profile names no such device. */
  | { state: 'absent' }
  | { state: 'connecting' }
  | { state: 'ready'; hint?: DeviceHint }
  /** `code` is for IT, `detail` is the operating system's word for it. */
  | { state: 'failed'; code: DeviceFailure; detail: string }

export type DeviceFailure =
  | 'LED_PORT_MISSING'
  | 'LED_PORT_BUSY'
  /** Several adapters fit the set-up. */
  | 'LED_PORT_AMBIGUOUS'
  | 'LED_WRITE_FAILED'
  | 'LED_SILENT'
  | 'LED_NO_REPLY'
  | 'LED_CANNOT_SHOW'
  | 'PRINTER_UNREACHABLE'
  | 'PRINTER_REFUSED'
  | 'PRINTER_CUT_OFF'
  | 'PRINTER_TIMEOUT'
  | 'PRINTER_PAPER_OUT'
  | 'PRINTER_COVER_OPEN'
  /** In an error state, switched off line, or no longer answering. */
  | 'PRINTER_OFFLINE'
  | 'PRINTER_PORT_BUSY'
  | 'PRINTER_PORT_AMBIGUOUS'
  | 'PRINTER_SETUP_WRONG'
  /** The profile names a zone that the mall does not have, or one that another PC speaks for. */
  | 'VOICE_ZONE_UNKNOWN'
  | 'VOICE_NOT_SPEAKER'
  /** No screen began to speak; one began and never ended; one could not. */
  | 'VOICE_UNHEARD'
  | 'VOICE_SILENT'
  | 'VOICE_NO_SOUND'
  /** A call waited for others until it was too late. */
  | 'VOICE_CROWDED'

/** What will soon need a hand, while everything still works. */
export type DeviceHint =
  | 'PRINTER_PAPER_LOW'
  /** Another PC of this counter speaks, or this one never opened it. */
  | 'VOICE_ELSEWHERE'
  /** One of the mall's own clips is not used. */
  | 'VOICE_CLIP_BROKEN'
  | 'VOICE_CLIP_TOO_LARGE'

/** The number displays. Level, not edge: only the newest state matters. Never throws, never blocks. */
export type LedPort = {
  show(state: LedState): void
  /** Of several displays the worst. */
  health(): DeviceHealth
  /** Which one that is, for whoever looks for the cable; null when it has none. */
  where(): string | null
}

/** Wakes the printer's worker after a job was committed. Never throws, never blocks. */
export type PrinterPort = {
  wake(): void
  health(): DeviceHealth
  /** Port, address or queue; null when it has none. */
  where(): string | null
}

/** The loudspeaker, which screens play. Never throws, never blocks. */
export type VoicePort = {
  /**
   * The sound of each clip that there is, in base64; `undecodable` are those of the mall that a screen could not play. Null: this
   * PC does not speak.
   */
  clips(names: readonly string[], undecodable: readonly string[]): { name: string; data: string }[] | null
  /** A screen speaks this announcement for so long. False: it is over, or another screen does. */
  begin(id: string, durationMs: number): boolean
  ended(id: string, wasHeard: boolean): void
  health(): DeviceHealth
}

/** What became of bytes given to a printer. */
export type SendOutcome =
  /** All bytes accepted and the connection closed in order. Printed is not known. */
  | { kind: 'handed_over' }
  /** The printer itself said that the job was processed. */
  | { kind: 'confirmed' }
  /** Not one byte left: a retry is safe. */
  | { kind: 'not_sent'; code: DeviceFailure; detail: string }
  /** Some bytes left and nobody knows whether paper came out. */
  | { kind: 'unknown'; code: DeviceFailure; detail: string }

export type PrintJobState = 'queued' | 'sending' | 'handed_over' | 'confirmed' | 'unknown' | 'failed'

/** A durable print job as its worker sees it. It holds no bytes: what waits is rendered for the printer of the day. */
export type PrintJob = { id: string; document: PrintDocument; attempts: number }

/** The store's side of the print queue; every call is one committed transaction. */
export type PrintJobStore = {
  /** The oldest job in `queued`, or null. */
  next(): PrintJob | null
  /** Saves the exact bytes and enters `sending`: after a crash such a job is `unknown`, never sent again by itself. */
  beginSending(id: string, bytes: Uint8Array): void
  finish(id: string, state: Exclude<PrintJobState, 'sending'>, code: DeviceFailure | 'PRINT_RENDER_FAILED' | null): void
  /** Jobs left in `sending` by a crash become `unknown`. Returns how many. */
  settleInterrupted(): number
}

export type PrintQueue = PrintJobStore & {
  /**
   * For a counter that has no printer any more, once its worker has stopped: what waits becomes `failed` with PRINTER_REMOVED, so
   * that it does not come out of the next printer, and what a crash left in `sending` becomes `unknown`. Returns how many waited.
   */
  abandonQueued(): number
}
