/** Messages between a desk and its host, the same over every transport: requests one way, replies and pushes the other. */
import { z } from 'zod'

export const ToHost = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('invoke'), id: z.int().min(1), method: z.string().max(60), input: z.unknown() }),
  z.strictObject({ t: z.literal('subscribe'), id: z.int().min(1), topic: z.string().max(40) }),
  z.strictObject({ t: z.literal('unsubscribe'), id: z.int().min(1) }),
])
export type ToHost = z.infer<typeof ToHost>

export const FromHost = z.discriminatedUnion('t', [
  z.object({ t: z.literal('result'), id: z.int().min(1), result: z.unknown() }),
  z.object({ t: z.literal('push'), id: z.int().min(1), value: z.unknown() }),
])
export type FromHost = z.infer<typeof FromHost>

/** State of the host process as its shell sees it; shown as a line on the desk. */
export const HostStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('running') }),
  /** It died and is started again after `retryInMs`. */
  z.object({ state: z.literal('restarting'), attempt: z.int().min(1), retryInMs: z.int().min(0) }),
  /** It cannot start; tried again with back-off. */
  z.object({
    state: z.literal('failed'),
    code: z.string(),
    logPath: z.string(),
    attempt: z.int().min(1),
    retryInMs: z.int().min(0),
  }),
])
export type HostStatus = z.infer<typeof HostStatus>

/** What a shell (Electron or the loopback gateway) tells and offers its screens besides the host. */
export const ShellInfo = z.object({
  host: HostStatus,
  /** The mall-in-a-laptop: screens of this shell, and whether another counter may be opened. Null at a real workstation. */
  laptop: z
    .object({
      screens: z.array(z.object({ id: z.string(), title: z.string(), kind: z.enum(['counter', 'front_desk']) })),
      spareCounters: z.array(z.object({ id: z.string(), title: z.string() })),
      /** Sample officers of this screen with their PINs; only for the sample mall on loopback. */
      samplePins: z.array(z.object({ officerId: z.string(), pin: z.string() })),
    })
    .nullable(),
})
export type ShellInfo = z.infer<typeof ShellInfo>
