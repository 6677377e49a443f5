/**
 * What a LED driver is: a pure encoder from what to show to the bytes of one protocol, and the parameters it needs.
 * One file per protocol in drivers/; drivers/index.ts, which is written from that folder, lists them.
 */
import type { z } from 'zod'
import type { LedState } from '#main/host/device-documents.ts'
import type { DisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import type { SerialSettings } from '#main/host/devices/serial/serial-settings.ts'

/** What the display must answer, and how long that may take after the bytes have left. */
export type Reply = { bytes: Uint8Array; timeoutMs: number }

/**
 * Bytes that go out together and what must be answered to them. `gapMs` is what the display needs before the next bytes,
 * whatever they are; `holdMs` is how long this is to be seen before the next frame of the same state: a newer state does not
 * wait for that.
 */
export type Frame = { bytes: Uint8Array; gapMs: number; holdMs?: number; reply?: Reply }

type LedDriverSpec<Id extends string, P extends z.ZodType> = {
  /** The name in profile.json; the same as the file's. */
  id: Id
  /** For the technician's set-up screen. */
  name: string
  /**
   * Every parameter has a default, so that {} is a working set-up, and a title, so that the set-up form can name it. Made on
   * first use: a counter starts without the parameters of displays that it does not have.
   */
  parameters: () => P
  /** Factory setting of the displays; a profile may override it. */
  serial: SerialSettings
  /** False when the display drops the letters before a number: the set-up screen warns. */
  showsPrefix(params: z.output<P>): boolean
  /** By what a display knows that a message on a line of several is for it; null when it takes all of them. */
  busAddress(params: z.output<P>): string | null
  /** What a display needs once after connecting, before the first state. */
  init?(params: z.output<P>): Frame[]
  /**
   * An empty list means: this display cannot show this state truthfully. A number with `blink` draws attention, and the
   * same number without it is sent once the blinking is to end.
   */
  encode(state: LedState, params: z.output<P>): Frame[]
  /** The other end of the cable, for the device panel and for tests; left out where only a human can tell. */
  reader?(params: z.output<P>): DisplayReader
}

export type LedDriver<Id extends string = string, P extends z.ZodType = z.ZodType> = Omit<
  LedDriverSpec<Id, P>,
  'parameters' | 'showsPrefix' | 'busAddress' | 'init' | 'encode' | 'reader'
> & {
  readonly parameters: P
  showsPrefix(params: unknown): boolean
  busAddress(params: unknown): string | null
  init(params: unknown): Frame[]
  encode(state: LedState, params: unknown): Frame[]
  reader(params: unknown): DisplayReader | null
}

/** Parameters are checked and completed on every call, so drivers of different parameters share one type. */
export function defineLedDriver<const Id extends string, P extends z.ZodType>(
  spec: LedDriverSpec<Id, P>,
): LedDriver<Id, P> {
  const { id, name, serial, init = () => [], reader = () => null } = spec
  let made: P | null = null
  const parameters = (): P => {
    made ??= spec.parameters()
    return made
  }
  return {
    id,
    name,
    serial,
    get parameters() {
      return parameters()
    },
    showsPrefix: (params) => spec.showsPrefix(parameters().parse(params)),
    busAddress: (params) => spec.busAddress(parameters().parse(params)),
    init: (params) => init(parameters().parse(params)),
    encode: (state, params) => spec.encode(state, parameters().parse(params)),
    reader: (params) => reader(parameters().parse(params)),
  }
}
