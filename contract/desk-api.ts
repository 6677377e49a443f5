/**
 * The desk API: everything a screen may ask of its host, each entry once. From it come the client's types, the router's
 * checks and the transports' suite. A new method = one entry in contract/methods + one line in main/host/create-handlers.ts.
 */
import type { z } from 'zod'
import { COUNTER_METHODS } from '#contract/methods/counter.ts'
import { DEVICE_METHODS } from '#contract/methods/devices.ts'
import { PRINT_METHODS } from '#contract/methods/print.ts'
import { QUEUE_METHODS } from '#contract/methods/queue.ts'
import { SESSION_METHODS } from '#contract/methods/session.ts'
import { SETUP_METHODS } from '#contract/methods/setup.ts'
import { VISIT_METHODS } from '#contract/methods/visit.ts'
import { VOICE_METHODS } from '#contract/methods/voice.ts'
import { Catalogue, DeskSnapshot, PanelSnapshot } from '#contract/snapshot.ts'
import { Announcement } from '#contract/voice.ts'

export const METHODS = {
  ...DEVICE_METHODS,
  ...SETUP_METHODS,
  ...SESSION_METHODS,
  ...COUNTER_METHODS,
  ...QUEUE_METHODS,
  ...VISIT_METHODS,
  ...PRINT_METHODS,
  ...VOICE_METHODS,
} as const

export const SUBSCRIPTIONS = {
  desk: DeskSnapshot,
  catalogue: Catalogue,
  panel: PanelSnapshot,
  /** Null unless there is something to say, and this is the PC that says it. */
  announcement: Announcement.nullable(),
} as const

/** The store refused: the disk is full, the folder cannot be written, the file is damaged. Nothing was recorded. */
const STORE_ERRORS = ['STORE_FULL', 'STORE_READ_ONLY', 'STORE_BROKEN', 'STORE_IN_USE'] as const

export const ROUTER_ERRORS = [
  'UNKNOWN_METHOD',
  'BAD_INPUT',
  'NOT_SIGNED_IN',
  'ROLE_MISSING',
  'LOCKED',
  'INTERNAL',
  ...STORE_ERRORS,
] as const

/** What the client side of a transport adds when the host does not answer. */
export const TRANSPORT_ERRORS = ['HOST_GONE', 'HOST_TIMEOUT'] as const

export type MethodName = keyof typeof METHODS
export type MethodInput<M extends MethodName> = z.input<(typeof METHODS)[M]['input']>
/** What a handler gets: checked, and with what was left out filled in. */
export type CheckedInput<M extends MethodName> = z.output<(typeof METHODS)[M]['input']>
export type MethodOutput<M extends MethodName> = z.output<(typeof METHODS)[M]['output']>
export type MethodError<M extends MethodName> =
  | (typeof METHODS)[M]['errors'][number]
  | (typeof ROUTER_ERRORS)[number]
  | (typeof TRANSPORT_ERRORS)[number]
export type Topic = keyof typeof SUBSCRIPTIONS
export type TopicValue<T extends Topic> = z.output<(typeof SUBSCRIPTIONS)[T]>

export type Failure<C extends string = string> = {
  ok: false
  code: C
  /** Extra facts for the message, for example {seconds: 30}. Never personal data. */
  detail?: Readonly<Record<string, string | number>>
}
export type Result<T, C extends string = string> = { ok: true; data: T } | Failure<C>

/** What every transport offers, and nothing more. */
export type DeskClient = {
  invoke<M extends MethodName>(method: M, input: MethodInput<M>): Promise<Result<MethodOutput<M>, MethodError<M>>>
  /** Calls back with the newest value at once and on every change. Returns the unsubscribe function. */
  subscribe<T extends Topic>(topic: T, onValue: (value: TopicValue<T>) => void): () => void
}

/** Every code a screen may have to explain; the message catalogues must know each. */
export const ALL_ERROR_CODES: readonly string[] = [
  ...new Set([...Object.values(METHODS).flatMap((shape) => shape.errors), ...ROUTER_ERRORS, ...TRANSPORT_ERRORS]),
].sort()
