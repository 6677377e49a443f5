/** The mall server's routes as functions: every reply is validated, every failure is a MallError with a code. */
import type { Readable } from 'node:stream'
import type { z } from 'zod'
import { LINK_PATH } from '#contract/wire/agreed.ts'
import type { AssertRequest } from '#contract/wire/assertions.ts'
import type { WireErrorCode } from '#contract/wire/errors.ts'
import type { ClaimRequest, RecallAnswerRequest, WantedRequest } from '#contract/wire/hands.ts'
import type { HelloRequest } from '#contract/wire/hello.ts'
import type { LinkReply } from '#contract/wire/link.ts'
import type { PushRequest } from '#contract/wire/push.ts'
import type { NoteText, PersonalText } from '#contract/wire/texts.ts'
import type { CoreContext } from '#main/host/context.ts'
import { createHttp, type HttpMessage, type HttpReply, NotPinned } from '#main/host/sync/http.ts'
import { createLink } from '#main/host/sync/link.ts'

export type MallErrorCode = WireErrorCode | 'UNREACHABLE' | 'SERVER_NOT_PINNED' | 'NOT_A_MALL_SERVER'

export class MallError extends Error {
  readonly code: MallErrorCode
  constructor(code: MallErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'MallError'
    this.code = code
  }
}

type Request = {
  method: 'GET' | 'POST'
  path: string
  body?: unknown
  timeoutMs: number
  onSent?: (() => void) | undefined
}

/** The server begins its answer at once; what comes after that has a watchdog of its own. */
const STREAM_BEGINS_MS = 5_000

/** Bodies from this length on are worth packing. */
const GZIP_FROM = 4_096
/** Half of a backlog is hashes, which nothing makes smaller: the usual level takes three times as long for a tenth less. */
const GZIP_LEVEL = 1

/** The shapes of all answers are built when the first one comes: no start waits for them. */
const loadReplies = () => import('#main/host/sync/replies.ts')
type Replies = Awaited<ReturnType<typeof loadReplies>>

/** `fingerprint` of the server's certificate, or the beginning of it. `stopped` ends every HTTP request that is under way, `close` the links, too. */
export function createMallClient(
  { url, fingerprint }: { url: string; fingerprint: string | null },
  token: string | null,
  stopped: AbortSignal,
  log: CoreContext['log'],
) {
  const http = createHttp(new URL(url), fingerprint)
  const link = createLink(
    () => http.openSocket(LINK_PATH, headers(token, false)),
    (error) => log.info({ err: error }, 'no link to the mall server'),
  )

  /** Sends one request. Throws MallError only. */
  async function call<T extends z.ZodType>(shapeOf: (replies: Replies) => T, request: Request): Promise<z.output<T>> {
    const { status, body } = await send(request)
    return take(shapeOf, request.path, { status, body: await readJson(body, request.path) })
  }

  /** The same over the link, which is quicker, where the server has one. Throws MallError only. */
  async function ask<T extends z.ZodType>(
    shapeOf: (replies: Replies) => T,
    { path, body, timeoutMs }: { path: string; body: unknown; timeoutMs: number },
  ): Promise<z.output<T>> {
    const answering = link.send(path, body, timeoutMs)
    if (!answering) return call(shapeOf, { method: 'POST', path, body, timeoutMs })
    const reply = await answering.catch((error: unknown) => {
      throw new MallError('UNREACHABLE', `${path}: ${String(error)}`, error)
    })
    return take(shapeOf, path, reply)
  }

  async function take<T extends z.ZodType>(
    shapeOf: (replies: Replies) => T,
    path: string,
    { status, body }: LinkReply,
  ): Promise<z.output<T>> {
    if (status !== 200) throw await refusalOf(body, `${path}: HTTP ${status}`)
    const parsed = shapeOf(await loadReplies()).safeParse(body)
    if (!parsed.success) throw new MallError('NOT_A_MALL_SERVER', `${path}: ${parsed.error.message}`)
    return parsed.data
  }

  async function send({ method, path, body, timeoutMs, onSent }: Request): Promise<HttpReply> {
    const packed = body === undefined ? null : await pack(JSON.stringify(body))
    return reach(path, {
      method,
      headers: { ...headers(token, packed !== null), ...(packed?.headers ?? {}) },
      body: packed?.body ?? null,
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), stopped]),
      onSent,
    })
  }

  async function reach(path: string, message: HttpMessage): Promise<HttpReply> {
    try {
      return await http.send(path, message)
    } catch (error) {
      if (error instanceof NotPinned) throw new MallError('SERVER_NOT_PINNED', `${path}: ${error.message}`, error)
      throw new MallError('UNREACHABLE', `${path}: ${String(error)}`, error)
    }
  }

  return {
    enrol: (code: string, deviceName: string) =>
      call((replies) => replies.EnrolReply, {
        method: 'POST',
        path: '/v1/enrolments',
        body: { code, deviceName },
        timeoutMs: 5_000,
      }),
    /** Is there a mall server at all? Says nothing of this device. */
    isThere: () => call((replies) => replies.HealthReply, { method: 'GET', path: '/healthz', timeoutMs: 2_000 }),
    hello: (request: HelloRequest) =>
      call((replies) => replies.HelloReply, { method: 'POST', path: '/v1/hello', body: request, timeoutMs: 5_000 }),
    assert: (request: AssertRequest) =>
      call((replies) => replies.AssertReply, {
        method: 'POST',
        path: '/v1/assertions',
        body: request,
        timeoutMs: 10_000,
      }),
    heartbeat: (incarnation: number, epoch: number | null) =>
      ask((replies) => replies.HeartbeatReply, {
        path: '/v1/heartbeats',
        body: { incarnation, epoch },
        timeoutMs: 4_000,
      }),
    slipKeys: () =>
      call((replies) => replies.SlipKeysReply, { method: 'GET', path: '/v1/slip-keys', timeoutMs: 5_000 }),
    claim: (request: ClaimRequest, timeoutMs: number) =>
      ask((replies) => replies.ClaimReply, { path: '/v1/claims', body: request, timeoutMs }),
    answerRecall: (answer: RecallAnswerRequest) =>
      ask((replies) => replies.RecallAnswerReply, {
        path: '/v1/recalls/answers',
        body: answer,
        timeoutMs: 2_000,
      }),
    config: () => call((replies) => replies.ConfigReply, { method: 'GET', path: '/v1/config', timeoutMs: 5_000 }),
    openCounter: () =>
      call((replies) => replies.OpenCounterReply, {
        method: 'POST',
        path: '/v1/counters/open',
        body: {},
        timeoutMs: 2_000,
      }),
    improve: (epoch: number, timeoutMs: number) =>
      ask((replies) => replies.ImproveReply, {
        path: '/v1/hands/improve',
        body: { epoch },
        timeoutMs,
      }),
    takers: () => call((replies) => replies.TakersReply, { method: 'GET', path: '/v1/takers', timeoutMs: 1_000 }),
    want: (request: WantedRequest, timeoutMs: number) =>
      ask((replies) => replies.WantedReply, { path: '/v1/hands/wanted', body: request, timeoutMs }),
    lease: (requestId: string, serviceId: string, businessDate: string) =>
      call((replies) => replies.LeaseReply, {
        method: 'POST',
        path: '/v1/number-leases',
        body: { requestId, serviceId, businessDate },
        timeoutMs: 1_500,
      }),
    appointments: () =>
      call((replies) => replies.AppointmentsReply, { method: 'GET', path: '/v1/appointments', timeoutMs: 10_000 }),
    outlook: () => call((replies) => replies.OutlookReply, { method: 'GET', path: '/v1/outlook', timeoutMs: 5_000 }),
    /** `onSent` is called when all of the request is on its way. */
    push: (request: PushRequest, onSent: () => void) =>
      call((replies) => replies.PushReply, {
        method: 'POST',
        path: '/v1/events',
        body: request,
        timeoutMs: 10_000,
        onSent,
      }),
    personalTexts: (texts: readonly PersonalText[]) =>
      call((replies) => replies.PersonalTextsReply, {
        method: 'POST',
        path: '/v1/personal-texts',
        body: { texts },
        timeoutMs: 5_000,
      }),
    prerequisites: (visitId: string) =>
      call((replies) => replies.PrerequisitesReply, {
        method: 'GET',
        path: `/v1/visits/${visitId}/prerequisites`,
        timeoutMs: 5_000,
      }),
    notes: (notes: readonly NoteText[]) =>
      call((replies) => replies.NotesReply, { method: 'POST', path: '/v1/notes', body: { notes }, timeoutMs: 5_000 }),
    visitNotes: (visitId: string) =>
      call((replies) => replies.VisitNotesReply, {
        method: 'GET',
        path: `/v1/visits/${visitId}/notes`,
        timeoutMs: 5_000,
      }),
    /** Opens the changes stream after `cursor`; the caller reads the body. Throws MallError. */
    async changes(cursor: number, signal: AbortSignal): Promise<Readable> {
      const path = '/v1/changes?pack=gzip'
      const late = new AbortController()
      const timer = setTimeout(() => late.abort(new Error('no answer in time')), STREAM_BEGINS_MS)
      const { status, body } = await reach(path, {
        method: 'GET',
        headers: { ...headers(token, false), accept: 'text/event-stream', 'last-event-id': String(cursor) },
        body: null,
        signal: AbortSignal.any([signal, late.signal]),
      }).finally(() => clearTimeout(timer))
      if (status === 200) return body
      throw await refusalOf(await readJson(body, path), `${path}: HTTP ${status}`)
    },
    /** Of the server that answered, in hex; null without TLS. */
    fingerprint: () => http.fingerprint(),
    /** The connection is not what it was: nothing more is asked over its link. */
    leaveLink: () => link.leave(),
    close() {
      link.close()
      return http.close()
    },
  }
}
export type MallClient = ReturnType<typeof createMallClient>

/** Throws MallError: the answer broke off, or is not of a mall server. */
async function readJson(body: Readable, path: string): Promise<unknown> {
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of body) chunks.push(chunk)
  } catch (error) {
    throw new MallError('UNREACHABLE', `${path}: ${String(error)}`, error)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch (error) {
    throw new MallError('NOT_A_MALL_SERVER', `${path}: no JSON`, error)
  }
}

function headers(token: string | null, hasBody: boolean): Record<string, string> {
  return {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
  }
}

/** A day's backlog is mostly the same words again. Loaded when first needed: a start does not wait for it. */
async function pack(text: string): Promise<{ body: string | Uint8Array; headers: Record<string, string> }> {
  if (text.length < GZIP_FROM) return { body: text, headers: {} }
  const { gzip } = await import('node:zlib')
  return new Promise((resolve, reject) => {
    gzip(text, { level: GZIP_LEVEL }, (error, packed) => {
      if (error) reject(error)
      else resolve({ body: packed, headers: { 'content-encoding': 'gzip' } })
    })
  })
}

async function refusalOf(body: unknown, context: string): Promise<MallError> {
  const { WireError } = await loadReplies()
  const error = WireError.safeParse(body)
  return error.success
    ? new MallError(error.data.code, `${context}: ${error.data.message}`)
    : new MallError('NOT_A_MALL_SERVER', context)
}
