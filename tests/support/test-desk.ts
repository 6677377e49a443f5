/** A counter's use cases and sync steps over a real store, with a clock and a mall server that the test moves by hand. */
import { createCipheriv, hkdfSync, randomBytes, randomUUID } from 'node:crypto'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import type { OutlookReply } from '#contract/wire/front-desk.ts'
import type { TakersReply, WantedReply } from '#contract/wire/hands.ts'
import { openStore, type Store } from '#db/open.ts'
import { createRepositories, type Repositories } from '#db/repositories/index.ts'
import { verifyStore } from '#db/verify.ts'
import { businessDate } from '#domain/business-date.ts'
import type { EventBody, Fact } from '#domain/events.ts'
import { createConfigCache } from '#main/host/config-cache.ts'
import type { ClaimAnswer, HostContext } from '#main/host/context.ts'
import { createHandlers } from '#main/host/create-handlers.ts'
import { createIdentity } from '#main/host/identity.ts'
import type { Sidecar } from '#main/host/ports.ts'
import { createPresence } from '#main/host/presence.ts'
import { createRouter } from '#main/host/router.ts'
import { createSlipKeys } from '#main/host/slip-keys.ts'
import { isLocked } from '#main/host/use-cases/lock.ts'
import { createWithhold } from '#main/host/withhold.ts'
import { memorySidecar } from '#tests/support/memory-sidecar.ts'
import { NO_SET_UP } from '#tests/support/no-set-up.ts'
import { LAUNCH_ID, prepareStore } from '#tests/support/prepared-store.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** 21 November 2026, 09:00 in the sample mall (WITA). */
export const NINE = Date.UTC(2026, 10, 21, 1)
export const TODAY = '2026-11-21'
const ZONE = 'Asia/Makassar'

export type TestDesk = {
  folder: string
  store: Store
  repositories: Repositories
  context: HostContext
  clock: { wall: number; monotonic: number; boot: string; pass(ms: number): void }
  mall: {
    isOnline: boolean
    claim: ClaimAnswer
    claims: unknown[]
    takers: TakersReply['services']
    wanted: WantedReply | null
    wants: unknown[]
    outlook: OutlookReply | null
  }
  printer: { isThere: boolean }
  /** As a screen calls it; a missing command id is made. */
  call(method: string, input?: object): Promise<{ ok: boolean; code?: string; data?: unknown; detail?: unknown }>
  /** Facts since the last look, without their circumstances. */
  facts(): Fact[]
  /** An entry of today in the hand. */
  grant(n: number, over?: object): { visitId: string; entryNo: number }
}

export type TestDeskOptions = { folder?: string; sidecar?: Sidecar; at?: number }

export function openTestDesk({ folder, sidecar = memorySidecar(), at = NINE }: TestDeskOptions = {}): TestDesk {
  const here = folder ?? tempFolder()
  if (!folder) prepareStore(here)
  const store = openStore(here)
  onTestFinished(() => store.close())
  const repositories = createRepositories(store, sha256)
  const clock = {
    wall: at,
    monotonic: 1_000_000,
    boot: 'boot-1',
    pass(ms: number) {
      clock.wall += ms
      clock.monotonic += ms
    },
  }
  const ports = {
    now: () => clock.wall,
    mono: () => clock.monotonic,
    get bootId() {
      return clock.boot
    },
  }
  const mall: TestDesk['mall'] = {
    ...{ isOnline: false, claims: [], takers: [], wanted: null, wants: [], outlook: null },
    claim: { kind: 'silent' },
  }
  const printer = { isThere: false }
  const config = createConfigCache(repositories.device)
  const context: HostContext = {
    store,
    repositories,
    sha256,
    clock: ports,
    ids: { uuid: randomUUID, randomBytes: (n) => randomBytes(n) },
    log: pino({ level: 'silent' }),
    identity: createIdentity(sidecar, repositories.device),
    withhold: createWithhold(ports),
    slipKeys: createSlipKeys(repositories),
    config: config.get,
    setConfig: config.set,
    led: { show() {}, health: () => ({ state: 'absent' }), where: () => null },
    printer: { wake() {}, health: () => ({ state: printer.isThere ? 'ready' : 'absent' }), where: () => null },
    voice: { clips: () => null, begin: () => false, ended() {}, health: () => ({ state: 'absent' }) },
    mall: {
      connection: () => ({ state: 'offline', since: 0, unsent: 0, reason: 'UNREACHABLE' }),
      isOnline: () => mall.isOnline,
      improve: async () => [],
      want: async (ref) => {
        mall.wants.push(ref)
        return mall.wanted
      },
      claim: async (request) => {
        mall.claims.push(request)
        return mall.claim
      },
      openCounter: async () => ({ ok: false, code: 'UNREACHABLE' }),
      takers: async () => (mall.isOnline ? mall.takers : null),
      leaseNumbers: async () => 'none',
      outlook: () => mall.outlook,
      enrol: async () => ({ ok: false, code: 'SERVER_UNREACHABLE' }),
      wake() {},
      start: async () => {},
    },
    language: 'id',
    launchId: LAUNCH_ID,
    presence: createPresence(ports),
    changed() {},
  }
  const router = createRouter({
    handlers: { ...createHandlers(context), ...NO_SET_UP },
    isEnrolled: () => true,
    officerRoles: () => ['officer'],
    isLocked: () => isLocked(context),
    onAct: () => context.presence.touch(),
    onResult() {},
    log: context.log,
  })
  const generation = () => repositories.device.get()?.generation ?? 1
  let seen = { generation: generation(), seq: repositories.events.head(generation()).seq }
  return {
    folder: here,
    store,
    repositories,
    context,
    clock,
    mall,
    printer,
    call: async (method, input = {}) =>
      (await router.dispatch(method, { commandId: randomUUID(), ...input })) as Awaited<ReturnType<TestDesk['call']>>,
    facts() {
      const now = generation()
      const rows = repositories.events.after(now, seen.generation === now ? seen.seq : 0, 1_000)
      seen = { generation: now, seq: repositories.events.head(now).seq }
      return rows.map(({ body }) => {
        const { type, data } = JSON.parse(body) as EventBody
        return { type, data } as Fact
      })
    },
    grant(n, over = {}) {
      const entry = { ...grantOf(n, clock.wall), ...over }
      store.transaction(() => repositories.hand.grant({ ...entry, isPriority: entry.priority !== null }))
      return { visitId: entry.visitId, entryNo: entry.entryNo }
    },
  }
}

/** What the server would grant. */
export function grantOf(n: number, at = NINE) {
  return {
    visitId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    entryNo: 1,
    grant: { incarnation: 1, n },
    label: `SK-${String(n).padStart(3, '0')}`,
    businessDate: businessDate(at, ZONE),
    serviceId: 'skck',
    priority: null,
    journeyId: null,
    issuedAt: at,
    waitingSince: at,
    order: n,
  }
}

/** Gives the store a key of the mall for a day, sealed as the server does. */
export function addSlipKey({ store, repositories }: TestDesk, keyId = `k-${TODAY}`, date = TODAY): void {
  const token = repositories.device.get()?.token ?? ''
  const wrapping = Buffer.from(hkdfSync('sha256', token, keyId, 'loket slip key', 32))
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', wrapping, iv)
  const key = Buffer.alloc(32, sha256(keyId), 'hex')
  const sealed = Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]).toString('base64url')
  const known = repositories.slipKeys.ofDay(date)
  store.transaction(() => repositories.slipKeys.replaceAll([...known, { keyId, businessDate: date, sealed }]))
}

/** What must hold at the end of whatever a test did. */
export function findingsOf({ store, repositories }: TestDesk) {
  return verifyStore(store, repositories, sha256).findings
}
