/** The host process as the supervisor sees it, whatever started it (Electron utility process or Node child). */
import { z } from 'zod'
import { FromHost } from '#contract/messages.ts'
import type { FromHostProcess, HostFailureCode, ToHostProcess } from '#main/shell/host-protocol.ts'

export type HostProcess = {
  /** Never throws; a message to a dead process is lost, its end is told by onExit. */
  post(message: ToHostProcess): void
  onMessage(handler: (message: unknown) => void): void
  /** Called exactly once; `reason` is for the log, for example "signal SIGKILL". */
  onExit(handler: (reason: string) => void): void
  /** Ends it at once, without asking. */
  kill(): void
}

/** Throws when the process cannot even be started. */
export type ForkHost = () => HostProcess

const HostFailure = z.enum([
  'STORE_BROKEN',
  'STORE_FOREIGN',
  'STORE_NEWER',
  'STORE_READ_ONLY',
  'STORE_FULL',
  'STORE_IN_USE',
  'PROFILE_INVALID',
  'ENGINE_LOAD_FAILED',
  'ENGINE_CRASHED',
  'ENGINE_TIMEOUT',
]) satisfies z.ZodType<HostFailureCode>

const Message: z.ZodType<FromHostProcess> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('message'), client: z.int().min(1), message: FromHost }),
  z.object({ kind: z.literal('fatal'), code: HostFailure, detail: z.string() }),
])

/** Null when a host says something that is not in the protocol. */
export function readHostMessage(raw: unknown): FromHostProcess | null {
  const parsed = Message.safeParse(raw)
  return parsed.success ? parsed.data : null
}
