/** The door for everything a screen says: only messages of the contract get past it. */
import { z } from 'zod'
import { ToHost } from '#contract/messages.ts'

export type ReadMessage =
  | { ok: true; message: ToHost }
  /** `id` is what a refusal can be addressed to; null when the message does not even have that. */
  | { ok: false; id: number | null; problem: string }

const WithId = z.object({ id: z.int().min(1) })

export function readToHost(raw: unknown): ReadMessage {
  const parsed = ToHost.safeParse(raw)
  if (parsed.success) return { ok: true, message: parsed.data }
  const withId = WithId.safeParse(raw)
  return { ok: false, id: withId.success ? withId.data.id : null, problem: z.prettifyError(parsed.error) }
}
