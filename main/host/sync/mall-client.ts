/** The mall server's routes as functions: every reply is validated, every failure is a MallError with a code. */
import { z } from 'zod'
import {
  AssertReply,
  type AssertRequest,
  ClaimReply,
  type ClaimRequest,
  ConfigReply,
  EnrolReply,
  HeartbeatReply,
  HelloReply,
  type HelloRequest,
  ImproveReply,
  LeaseReply,
  OpenCounterReply,
  type PersonalText,
  PersonalTextsReply,
  PrerequisitesReply,
  PushReply,
  type PushRequest,
  RecallAnswerReply,
  type RecallAnswerRequest,
  SlipKeysReply,
  WireError,
  type WireErrorCode,
} from '#contract/wire.ts'
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

/** Bodies from this length on are worth packing. */
const GZIP_FROM = 4_096
/** Half of a backlog is hashes, which nothing makes smaller: the usual level takes three times as long for a tenth less. */
const GZIP_LEVEL = 1

/** Any mall server, whatever its version. */
const HealthReply = z.object({ service: z.literal('loket-mall-server') })

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

  async function send({ method, path, body, timeoutMs }: Request) {
    const packed = body === undefined ? null : await pack(JSON.stringify(body))
    return reach(path, {
      method,
      headers: { ...headers(token, packed !== null), ...(packed?.headers ?? {}) },
      body: packed?.body ?? null,
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
    /** Is there a mall server at all? Says nothing of this device. */
    isThere: () => call(HealthReply, { method: 'GET', path: '/healthz', timeoutMs: 2_000 }),
    hello: (request: HelloRequest) =>
      call(HelloReply, { method: 'POST', path: '/v1/hello', body: request, timeoutMs: 5_000 }),
    assert: (request: AssertRequest) =>
      call(AssertReply, { method: 'POST', path: '/v1/assertions', body: request, timeoutMs: 10_000 }),
    heartbeat: (incarnation: number, epoch: number | null) =>
      call(HeartbeatReply, { method: 'POST', path: '/v1/heartbeats', body: { incarnation, epoch }, timeoutMs: 4_000 }),
    slipKeys: () => call(SlipKeysReply, { method: 'GET', path: '/v1/slip-keys', timeoutMs: 5_000 }),
    claim: (request: ClaimRequest, timeoutMs: number) =>
      call(ClaimReply, { method: 'POST', path: '/v1/claims', body: request, timeoutMs }),
    answerRecall: (answer: RecallAnswerRequest) =>
      call(RecallAnswerReply, { method: 'POST', path: '/v1/recalls/answers', body: answer, timeoutMs: 2_000 }),
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
    push: (request: PushRequest) =>
      call(PushReply, { method: 'POST', path: '/v1/events', body: request, timeoutMs: 10_000 }),
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

/** A day's backlog is mostly the same words again. Loaded when first needed: a start does not wait for it. */
async function pack(
  text: string,
): Promise<{ body: string | Uint8Array<ArrayBuffer>; headers: Record<string, string> }> {
  if (text.length < GZIP_FROM) return { body: text, headers: {} }
  const { gzip } = await import('node:zlib')
  return new Promise((resolve, reject) => {
    gzip(text, { level: GZIP_LEVEL }, (error, packed) => {
      if (error) reject(error)
      else resolve({ body: new Uint8Array(packed), headers: { 'content-encoding': 'gzip' } })
    })
  })
}

function refusalOf(body: unknown, context: string): MallError {
  const error = WireError.safeParse(body)
  return error.success
    ? new MallError(error.data.code, `${context}: ${error.data.message}`)
    : new MallError('NOT_A_MALL_SERVER', context)
}
