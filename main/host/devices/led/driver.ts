/**
 * What a LED driver is: a pure encoder from what to show to the bytes of one protocol, and the parameters it needs.
 * One file per protocol; drivers.ts lists them.
 */
import { z } from 'zod'
import type { LedState } from '#main/host/device-documents.ts'

/** Bytes that go out together, and how long the display needs before the next ones. */
export type Frame = { bytes: Uint8Array; gapMs: number }

export const SerialSettings = z.strictObject({
  baudRate: z.int().min(300).max(921_600),
  dataBits: z.literal([7, 8]),
  parity: z.enum(['none', 'even', 'odd']),
  stopBits: z.literal([1, 2]),
})
export type SerialSettings = z.infer<typeof SerialSettings>

type LedDriverSpec<Id extends string, P extends z.ZodType> = {
  id: Id
  /** For the technician's set-up screen. */
  name: string
  /** Every parameter has a default, so that {} is a working set-up. */
  parameters: P
  /** Factory setting of the displays; a profile may override it. */
  serial: SerialSettings
  /** False when the display drops the letters before a number: the set-up screen warns. */
  showsPrefix(params: z.output<P>): boolean
  /** What a display needs once after connecting, before the first state. */
  init?(params: z.output<P>): Frame[]
  /** An empty list means: this display cannot show this state truthfully. */
  encode(state: LedState, params: z.output<P>): Frame[]
}

export type LedDriver<Id extends string = string, P extends z.ZodType = z.ZodType> = Omit<
  LedDriverSpec<Id, P>,
  'showsPrefix' | 'init' | 'encode'
> & {
  showsPrefix(params: unknown): boolean
  init(params: unknown): Frame[]
  encode(state: LedState, params: unknown): Frame[]
}

/** Parameters are checked and completed on every call, so drivers of different parameters share one type. */
export function defineLedDriver<const Id extends string, P extends z.ZodType>(
  spec: LedDriverSpec<Id, P>,
): LedDriver<Id, P> {
  return {
    ...spec,
    showsPrefix: (params) => spec.showsPrefix(spec.parameters.parse(params)),
    init: (params) => spec.init?.(spec.parameters.parse(params)) ?? [],
    encode: (state, params) => spec.encode(state, spec.parameters.parse(params)),
  }
}
