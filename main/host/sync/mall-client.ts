/** The mall server's routes as functions: every reply is validated, every failure is a MallError with a code. */
import type { z } from 'zod'
import {
  ConfigReply,
  EnrolReply,
  ImproveReply,
  LeaseReply,
  OpenCounterReply,
  type PersonalText,
  PersonalTextsReply,
  PrerequisitesReply,
  PushReply,
  WireError,
  type WireErrorCode,
} from '#contract/wire.ts'
import type { StoredEvent } from '#db/repositories/events.ts'
import { createPinnedFetch, type Http, NotPinned } from '#main/host/sync/pinned-fetch.ts'

export type MallErrorCode = WireErrorCode | 'UNREACHABLE' | 'SERVER_NOT_PINNED' | 'NOT_A_MALL_SERVER'

export class MallError extends Error {
  readonly code: MallErrorCode
  constructor(code: MallErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'MallError'
    this.code = code
  }
}

type Request = { method: 'GET' | 'POST'; path: string; body?: unknown; timeoutMs: number }

/** For a server on this PC: what never leaves it needs no TLS. */
const PLAIN: Http = { fetch: (url, init) => fetch(url, init), fingerprint: () => null, close: async () => {} }

/** `fingerprint` of the server's certificate, or the beginning of it. `stopped` ends every request that is under way. */
export function createMallClient(
  { url, fingerprint }: { url: string; fingerprint: string | null },
  token: string | null,
  stopped: AbortSignal,
) {
  const http = new URL(url).protocol === 'https:' ? createPinnedFetch(fingerprint) : PLAIN

  /** Sends one request. Throws MallError only. */
  async function call<T extends z.ZodType>(reply: T, request: Request): Promise<z.output<T>> {
    const response = await send(request)
    const body: unknown = await response.json().catch((error: unknown) => {
      throw new MallError('NOT_A_MALL_SERVER', `${request.path}: no JSON`, error)
    })
    if (!response.ok) throw refusalOf(body, `${request.path}: HTTP ${response.status}`)
    const parsed = reply.safeParse(body)
    if (!parsed.success) throw new MallError('NOT_A_MALL_SERVER', `${request.path}: ${parsed.error.message}`)
    return parsed.data
  }

  function send({ method, path, body, timeoutMs }: Request) {
    return reach(path, {
      method,
      headers: headers(token, body !== undefined),
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), stopped]),
    })
  }

  async function reach(path: string, init: Omit<Parameters<Http['fetch']>[1], 'redirect'>) {
    try {
      return await http.fetch(new URL(path, url), { ...init, redirect: 'error' })
    } catch (error) {
      const cause = error instanceof Error ? error.cause : null
      if (cause instanceof NotPinned) throw new MallError('SERVER_NOT_PINNED', `${path}: ${cause.message}`, error)
      throw new MallError('UNREACHABLE', `${path}: ${String(error)}`, error)
    }
  }

  return {
    enrol: (code: string, deviceName: string) =>
      call(EnrolReply, { method: 'POST', path: '/v1/enrolments', body: { code, deviceName }, timeoutMs: 5_000 }),
    config: () => call(ConfigReply, { method: 'GET', path: '/v1/config', timeoutMs: 5_000 }),
    openCounter: () =>
      call(OpenCounterReply, { method: 'POST', path: '/v1/counters/open', body: {}, timeoutMs: 2_000 }),
    improve: (epoch: number, timeoutMs: number) =>
      call(ImproveReply, { method: 'POST', path: '/v1/hands/improve', body: { epoch }, timeoutMs }),
    lease: (requestId: string, serviceId: string, businessDate: string) =>
      call(LeaseReply, {
        method: 'POST',
        path: '/v1/number-leases',
        body: { requestId, serviceId, businessDate },
        timeoutMs: 1_500,
      }),
    push: (generation: number, prevHash: string, events: readonly StoredEvent[]) =>
      call(PushReply, {
        method: 'POST',
        path: '/v1/events',
        body: {
          generation,
          fromSeq: events[0]?.seq,
          prevHash,
          events: events.map(({ seq, hash, body }) => ({ seq, hash, body })),
        },
        timeoutMs: 10_000,
      }),
    personalTexts: (texts: readonly PersonalText[]) =>
      call(PersonalTextsReply, { method: 'POST', path: '/v1/personal-texts', body: { texts }, timeoutMs: 5_000 }),
    prerequisites: (visitId: string) =>
      call(PrerequisitesReply, { method: 'GET', path: `/v1/visits/${visitId}/prerequisites`, timeoutMs: 5_000 }),
    /** Opens the changes stream after `cursor`; the caller reads the body. Throws MallError. */
    async changes(cursor: number, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
      const response = await reach('/v1/changes', {
        method: 'GET',
        headers: { ...headers(token, false), accept: 'text/event-stream', 'last-event-id': String(cursor) },
        body: null,
        signal,
      })
      if (!response.ok || !response.body) {
        throw refusalOf(await response.json().catch(() => null), `/v1/changes: HTTP ${response.status}`)
      }
      return response.body
    },
    /** Of the server that answered, in hex; null without TLS. */
    fingerprint: () => http.fingerprint(),
    close: () => http.close(),
  }
}
export type MallClient = ReturnType<typeof createMallClient>

function headers(token: string | null, hasBody: boolean): Record<string, string> {
  return {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
  }
}

function refusalOf(body: unknown, context: string): MallError {
  const error = WireError.safeParse(body)
  return error.success
    ? new MallError(error.data.code, `${context}: ${error.data.message}`)
    : new MallError('NOT_A_MALL_SERVER', context)
}
