/** The server's functions as its routes call them, and what the simulation looks up in its database. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { DeviceConfig } from '#contract/mall-config.ts'
import type { AssertRequest } from '#contract/wire/assertions.ts'
import type { ClaimRequest, RecallAnswerRequest, WantedRequest } from '#contract/wire/hands.ts'
import type { HelloRequest } from '#contract/wire/hello.ts'
import type { LeaseRequest } from '#contract/wire/numbers.ts'
import type { PushRequest } from '#contract/wire/push.ts'
import { findChainFault } from '#domain/chain.ts'
import { callerWithToken, counterOf, tokenOfText } from '#server/auth.ts'
import { configForDevice } from '#server/config/config-for-device.ts'
import { Malls } from '#server/config/malls.ts'
import type { ServerContext } from '#server/context.ts'
import { claimSlip } from '#server/custody/claim-slip.ts'
import { takeRecallAnswer } from '#server/custody/recall.ts'
import { assertCustody } from '#server/identity/assert-custody.ts'
import { refuseDoubt, refuseStranger } from '#server/identity/doubt.ts'
import { hearHeartbeat } from '#server/identity/heartbeat.ts'
import { sayHello } from '#server/identity/hello.ts'
import { loadSigningKey } from '#server/identity/sign-head.ts'
import { slipKeysFor } from '#server/identity/slip-keys.ts'
import { beginIncarnation } from '#server/incarnation/begin-incarnation.ts'
import { currentIncarnation } from '#server/incarnation/current-incarnation.ts'
import { pushEvents } from '#server/push/push-events.ts'
import { readPush } from '#server/push/reading/read-push.ts'
import { audiencesOf } from '#server/queue/audience.ts'
import { newestChange, readChanges } from '#server/queue/changes.ts'
import { improveHand } from '#server/queue/improve-hand.ts'
import { leaseNumbers } from '#server/queue/number-leases.ts'
import { allotEpoch } from '#server/queue/sessions.ts'
import { takeWanted } from '#server/queue/take-wanted.ts'
import { openStore } from '#server/store/open.ts'
import type { Db } from '#server/store/schema.ts'
import { Bell } from '#server/stream/bell.ts'
import { type StrandedReason, strandedHands } from '#server/supervision/stranded-hands.ts'
import { dismiss, readmit, reclaim } from '#server/supervision/supervise.ts'
import { WireFailure } from '#server/wire-failure.ts'
import { type Request, watchGrants } from '#tests/sim/deal-watch.ts'
import type { DeskNode } from '#tests/sim/desk-node.ts'
import { storeConfig, tokenOf } from '#tests/sim/prepare-server.ts'
import { MALL_ID, PLACES } from '#tests/sim/sim-mall.ts'
import type { Need } from '#tests/sim/supervise.ts'
import { keyOf, type TakenIn, type Tracker } from '#tests/sim/tracker.ts'
import { sha256 } from '#tests/support/sha256.ts'

export type RequestKind =
  | 'hello'
  | 'assert'
  | 'heartbeat'
  | 'config'
  | 'slip-keys'
  | 'open'
  | 'improve'
  | 'want'
  | 'claim'
  | 'recall-answer'
  | 'lease'
  | 'push'

export type Reply = { ok: true; body: unknown } | { ok: false; code: string }

const BY = { officerId: 'gede' }
const PAGE = 200

type Caller = Awaited<ReturnType<typeof callerWithToken>>

export type SimServer = Awaited<ReturnType<typeof openSimServer>>

export async function openSimServer(folder: string, now: () => number, tracker: Tracker) {
  const db = await openStore(folder)
  const requests = watchTransactions(db, tracker)
  const server: ServerContext = {
    db,
    malls: new Malls(db),
    bell: new Bell(),
    signingKey: await loadSigningKey(db),
    now,
  }
  const callerOf = (deviceId: string) => callerWithToken(server, tokenOfText(tokenOf(deviceId)))

  async function answer(kind: RequestKind, { device, context, token }: Caller, body: unknown): Promise<unknown> {
    if (kind === 'hello') return sayHello(context, device.id, body as HelloRequest, () => {})
    refuseDoubt(device)
    if (kind === 'assert') {
      await assertCustody(context, device, body as AssertRequest)
      return { accepted: true }
    }
    refuseStranger(context, device)
    switch (kind) {
      case 'heartbeat':
        await hearHeartbeat(context, device, body as never)
        return { serverTime: now() }
      case 'config':
        return { config: configForDevice(context.mall, device.role) }
      case 'slip-keys':
        return slipKeysFor(context, token.text)
      case 'open': {
        const counterId = counterOf(device)
        return { counterId, epoch: await allotEpoch(context, device, counterId) }
      }
      case 'improve': {
        const { epoch } = body as { epoch: number }
        return { grants: await improveHand(context, device, counterOf(device), epoch) }
      }
      case 'want':
        return takeWanted(context, device, counterOf(device), body as WantedRequest)
      case 'claim':
        return claimSlip(context, device, counterOf(device), body as ClaimRequest)
      case 'recall-answer':
        await takeRecallAnswer(context, device, body as RecallAnswerRequest)
        return {}
      case 'lease':
        return leaseNumbers(context, device, body as typeof LeaseRequest._zod.output)
      case 'push':
        return pushEvents(context, device, readPush(body as PushRequest))
    }
  }

  return {
    async handle(kind: RequestKind, deviceId: string, body: unknown): Promise<Reply> {
      try {
        const caller = await callerOf(deviceId)
        const { context } = caller
        return { ok: true, body: await requests.run({ kind, body, context }, () => answer(kind, caller, body)) }
      } catch (error) {
        if (error instanceof WireFailure) return { ok: false, code: error.code }
        throw error
      }
    },
    /** What the device's stream would write after this cursor; the end of it when it may not listen any more. */
    async readStream(deviceId: string, cursor: number): Promise<{ cursor: number; text: string }[] | null> {
      const { device, context } = await callerOf(deviceId)
      if (device.isInDoubt || device.incarnation !== context.incarnation) return null
      const from = cursor > (await newestChange(db, MALL_ID)) ? 0 : cursor
      const changes = await readChanges(db, context.mallId, audiencesOf(device, context), from, PAGE)
      return changes.map(({ seq, body }) => ({ cursor: seq, text: body }))
    },
    async importConfig(config: DeviceConfig): Promise<void> {
      await storeConfig(db, config)
    },
    incarnation: () => currentIncarnation(db),
    async beginIncarnation(atLeast: number): Promise<void> {
      await beginIncarnation(db, now(), 'restored', atLeast)
    },
    /** What a supervisor has to do, by device. */
    async allNeeds(): Promise<Map<string, Need>> {
      const { context } = await callerOf(PLACES[0]?.deviceId ?? '')
      return new Map((await strandedHands(db, context)).map(({ deviceId, reason }) => [deviceId, needOf(reason)]))
    },
    /** Returns whether entries came back. */
    async supervise(need: Need, deviceId: string): Promise<boolean> {
      const { context } = await callerOf(deviceId)
      const held = await heldRows(db, deviceId)
      const act = { reclaim, dismiss, readmit }[need]
      await requests.run({ kind: need, body: null, context }, () => act(context, deviceId, BY))
      return held.length > 0
    },
    /** Of these visits those whose cancellation is stored, with how far the server is by now. */
    async takenBack(visitIds: readonly string[]): Promise<{ visitId: string; known: TakenIn }[]> {
      const rows = await db.selectFrom('event').select('body').where('type', '=', 'visit.cancelled').execute()
      const stored = visitIds.filter((visitId) => rows.some(({ body }) => body.includes(visitId)))
      if (stored.length === 0) return []
      const known = await newestOf(db)
      return stored.map((visitId) => ({ visitId, known }))
    },
    newest: () => newestOf(db),
    heldBy: async (deviceId: string) => (await heldRows(db, deviceId)).map(keyOfRow),
    async headSeq(deviceId: string, generation: number): Promise<number> {
      const row = await db
        .selectFrom('event')
        .select(({ fn }) => fn.max('seq').as('seq'))
        .where('device_id', '=', deviceId)
        .where('generation', '=', generation)
        .executeTakeFirst()
      return row?.seq ?? 0
    },
    /** Whether nobody else has the counter now. */
    async mayOpen(deviceId: string): Promise<boolean> {
      const { device } = await callerOf(deviceId)
      const last = await db
        .selectFrom('counter_session')
        .selectAll()
        .where('counter_id', '=', counterOf(device))
        .orderBy('epoch', 'desc')
        .executeTakeFirst()
      return !last || last.device_id === deviceId || last.closed_at !== null
    },
    /** Entries of a day that somebody still has to do something about. */
    async openEntries(date: string) {
      const rows = await db
        .selectFrom('entry')
        .selectAll()
        .where('business_date', '=', date)
        .where('status', 'in', ['waiting', 'called', 'serving', 'on_hold'])
        .execute()
      return rows.map((row) => ({
        key: keyOfRow(row),
        status: row.status,
        holder: row.device_id,
        grant: `${row.grant_incarnation}.${row.grant_n} ${row.recall_answer ?? ''}`,
        serviceId: row.service_id,
      }))
    },
    /** Where what this desk says and what the server holds of it differ, or null. */
    async differenceTo(desk: DeskNode, tracker: Tracker): Promise<string | null> {
      const own = desk.running?.store.db
        .prepare<[], { generation: number; seq: number; hash: string }>('SELECT generation, seq, hash FROM event')
        .all()
      const rows = await db
        .selectFrom('event')
        .select(['generation', 'seq', 'hash'])
        .where('device_id', '=', desk.place.deviceId)
        .execute()
      const stored = new Map(rows.map(({ generation, seq, hash }) => [`${generation}.${seq}`, hash]))
      const current = desk.running?.repositories.device.get()?.generation ?? 1
      for (const { generation, seq, hash } of own ?? []) {
        const place = `${generation}.${seq}`
        if (generation === current && stored.get(place) !== hash) return `event ${place}`
      }
      return differentEntry(db, desk, tracker)
    },
    /** Whose claim counts, of every entry. */
    async winners() {
      const rows = await db.selectFrom('entry').select(['visit_id', 'entry_no', 'winner_device_id', 'status']).execute()
      return rows.map((row) => ({ key: keyOfRow(row), deviceId: row.winner_device_id, status: row.status }))
    },
    /** Entries that more than one device acted on. */
    async contestedEntries(): Promise<number> {
      const rows = await db
        .selectFrom('claim')
        .select(['visit_id', 'entry_no'])
        .where((eb) => eb.or([eb('strength', '>', 0), eb('status', '=', 'superseded')]))
        .groupBy(['visit_id', 'entry_no'])
        .having(({ fn }) => fn.countAll(), '>', 1)
        .execute()
      return rows.length
    },
    /** The first broken chain on the server, or null. */
    async fault(): Promise<string | null> {
      const rows = await db
        .selectFrom('event')
        .selectAll()
        .orderBy('device_id')
        .orderBy('generation')
        .orderBy('seq')
        .execute()
      const chains = Map.groupBy(rows, ({ device_id, generation }) => `${device_id} ${generation}`)
      for (const [chain, events] of chains) {
        const links = events.map(({ seq, hash, prev_hash: prevHash, body }) => ({ seq, hash, prevHash, body }))
        const fault = findChainFault(sha256, links)
        if (fault) return `${chain}: ${fault.fault} at ${fault.seq}`
      }
      return null
    },
    async backup(file: string): Promise<void> {
      rmSync(file, { force: true })
      const copy = new Database(join(folder, 'mall.db'), { readonly: true })
      copy.prepare('VACUUM INTO ?').run(file)
      copy.close()
    },
    async close(): Promise<void> {
      await db.destroy()
    },
  }
}

/** Every transaction of a request is looked into before it is committed. */
function watchTransactions(db: Db, tracker: Tracker): AsyncLocalStorage<Request> {
  const requests = new AsyncLocalStorage<Request>()
  const { transact } = db
  const watched: Db['transact'] = (mallId, work) => {
    const request = requests.getStore()
    return transact(mallId, request && mallId ? (trx) => watchGrants(trx, tracker, request, work) : work)
  }
  Object.assign(db, { transact: watched })
  return requests
}

async function newestOf(db: Db): Promise<TakenIn> {
  const sequences = await db.selectFrom('sequence').select(['name', 'value']).execute()
  const newest = (name: string) => sequences.find((one) => one.name === name)?.value ?? 0
  return { incarnation: await currentIncarnation(db), grant: newest('grant'), change: newest('change') }
}

function needOf(reason: StrandedReason): Need {
  return reason === 'IN_DOUBT' ? 'readmit' : reason === 'BEHIND_BARRIER' ? 'dismiss' : 'reclaim'
}

const OPEN = ['waiting', 'called', 'serving', 'on_hold', 'no_show'] as const

function heldRows(db: Db, deviceId: string) {
  return db.selectFrom('entry').selectAll().where('device_id', '=', deviceId).where('status', 'in', OPEN).execute()
}

function keyOfRow({ visit_id, entry_no }: { visit_id: string; entry_no: number }): string {
  return keyOf({ visitId: visit_id, entryNo: entry_no })
}

/** What the server shows of entries that this desk won has to be what this desk's own log says. */
async function differentEntry(db: Db, desk: DeskNode, tracker: Tracker): Promise<string | null> {
  const rows = await db.selectFrom('entry').selectAll().where('winner_device_id', '=', desk.place.deviceId).execute()
  for (const row of rows) {
    if (tracker.isForgiven(keyOfRow(row))) continue
    const own = desk.running?.repositories.entries.get({ visitId: row.visit_id, entryNo: row.entry_no })
    if (own && own.status !== row.status)
      return `${row.label}/${row.entry_no} is ${own.status} here, ${row.status} there`
  }
  return null
}
