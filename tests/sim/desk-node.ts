/**
 * One workstation in the simulated mall: its real store in memory-backed files, its real rules, use cases and sync steps. Only
 * the wire, the clock and the devices are the world's.
 */
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { openStore, STORE_FILE, type Store } from '#db/open.ts'
import { createRepositories, type Repositories } from '#db/repositories/index.ts'
import type { EventBody } from '#domain/events.ts'
import { createConfigCache } from '#main/host/config-cache.ts'
import type { HostContext, MallPort } from '#main/host/context.ts'
import { createHandlers } from '#main/host/create-handlers.ts'
import { createIdentity } from '#main/host/identity.ts'
import type { Clock, Sidecar, SidecarContent } from '#main/host/ports.ts'
import { createPresence } from '#main/host/presence.ts'
import type { Handlers } from '#main/host/router.ts'
import { createSlipKeys } from '#main/host/slip-keys.ts'
import { createWithhold } from '#main/host/withhold.ts'
import { createMallPort } from '#tests/sim/mall-port.ts'
import type { Place } from '#tests/sim/sim-mall.ts'
import { type Custody, keyOf } from '#tests/sim/tracker.ts'
import type { World } from '#tests/sim/world.ts'
import { NO_SET_UP } from '#tests/support/no-set-up.ts'
import { sha256 } from '#tests/support/sha256.ts'

/** Officers are signed in for one start of the shell; the shell survives its host. */
export const LAUNCH_ID = 'shell'
const WORLD_BEGAN = Date.parse('2026-11-16T00:00:00Z')
const SILENT = { info() {}, warn() {}, error() {}, debug() {}, fatal() {}, trace() {} } as unknown as Logger

export type Phase = 'off' | 'greeting' | 'on'

/** What lives between two starts of the program; gone with a crash. */
export type Running = {
  store: Store
  repositories: Repositories
  context: HostContext
  handlers: Handlers
  looks: ReturnType<typeof prepareLooks>
}

export class DeskNode {
  readonly place: Place
  readonly folder: string
  readonly #world: World
  running: Running | null = null
  /** Counts starts: what was under way before a crash never comes back. */
  life = 0
  phase: Phase = 'off'
  /** The stream: what the server has read for this connection, and whether a batch is on its way. */
  stream: { cursor: number; busy: boolean } | null = null
  pushing = false
  busy = false
  /** Error of this PC's wall clock, ms. */
  wallError = 0
  boot = 1
  /** On the machine's disk, beside the store: survives crashes, and a store that is put back does not bring it along. */
  #sidecar: SidecarContent | null = null
  /** Newest event seen by the tracker, by generation. */
  #seen = new Map<number, number>()
  #printed = 0
  #copied: { nonce: string | null } | null = null
  #changes: number | null = null
  #hasUnsafe = false

  constructor(world: World, place: Place, folder: string) {
    this.#world = world
    this.place = place
    this.folder = folder
  }

  get name(): string {
    return this.place.name
  }

  get counterId(): string | null {
    return this.place.role.kind === 'counter' ? this.place.role.counterId : null
  }

  get isUp(): boolean {
    return this.running !== null
  }

  get isInDoubt(): boolean {
    return this.running?.context.identity.inDoubt() ?? false
  }

  start(): void {
    if (this.running) return
    const store = this.#watchDisk(openStore(this.folder))
    const repositories = createRepositories(store, sha256)
    const config = createConfigCache(repositories.device)
    const clock = this.#clock()
    const context: HostContext = {
      store,
      repositories,
      sha256,
      clock,
      log: SILENT,
      identity: createIdentity(this.#sidecarPort(), repositories.device),
      withhold: createWithhold(clock),
      slipKeys: createSlipKeys(repositories),
      config: config.get,
      setConfig: config.set,
      ids: { uuid: () => this.#world.random.uuid(), randomBytes: (n) => this.#world.random.bytes(n) },
      led: { show() {}, health: () => ({ state: 'absent' }), where: () => null },
      printer: { wake() {}, health: () => ({ state: 'ready' }), where: () => null },
      voice: { clips: () => null, begin: () => false, ended() {}, health: () => ({ state: 'absent' }) },
      mall: createMallPort(this.#world, this) satisfies MallPort,
      language: 'id',
      launchId: LAUNCH_ID,
      presence: createPresence(clock),
      changed() {},
    }
    this.running = {
      store,
      repositories,
      context,
      handlers: { ...createHandlers(context), ...NO_SET_UP },
      looks: prepareLooks(store),
    }
    this.#begin()
  }

  #begin(): void {
    this.life += 1
    this.#changes = null
    this.phase = 'off'
    this.stream = null
    this.pushing = false
    this.busy = false
  }

  #clock(): Clock {
    const world = this.#world
    return {
      now: () => world.time.now + this.wallError,
      mono: () => world.time.now - WORLD_BEGAN,
      bootId: `boot-${this.boot}`,
    }
  }

  #sidecarPort(): Sidecar {
    return {
      read: () => this.#sidecar,
      write: (content) => {
        this.#sidecar = content
      },
      machine: () => this.name,
    }
  }

  /**
   * What the server told waits for no disk: the files as they were before the first of it are kept until something is committed that
   * does wait, and takes the rest along.
   */
  #watchDisk(store: Store): Store {
    const changes = store.db.prepare('SELECT total_changes()').pluck()
    let isLasting = false
    return {
      ...store,
      transaction: (work) => {
        const before = changes.get()
        const result = store.transaction(work)
        // One that changed nothing waits for nothing.
        if (!store.db.inTransaction && changes.get() !== before) this.#hasUnsafe = false
        return result
      },
      takeTold: (work) => {
        if (store.db.inTransaction) return store.takeTold(work)
        if (!this.#hasUnsafe) this.#copyFiles(this.folder, this.#onDisk())
        this.#hasUnsafe = true
        isLasting = false
        const result = store.takeTold(work)
        if (isLasting) this.#hasUnsafe = false
        return result
      },
      mustLast() {
        isLasting = true
        store.mustLast()
      },
    }
  }

  #onDisk(): string {
    return join(this.folder, 'on-disk')
  }

  #copyFiles(from: string, to: string): void {
    mkdirSync(to, { recursive: true })
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(to, STORE_FILE + suffix), { force: true })
    for (const suffix of ['', '-wal']) {
      const file = STORE_FILE + suffix
      if (existsSync(join(from, file))) copyFileSync(join(from, file), join(to, file))
    }
  }

  /** The power goes: so does what had waited for no disk, also when the program had died before. Returns whether there was any. */
  cutPower(): boolean {
    const hasLost = this.#hasUnsafe
    this.crash()
    if (hasLost) this.#copyFiles(this.#onDisk(), this.folder)
    this.#hasUnsafe = false
    this.boot += 1
    return hasLost
  }

  /** The process dies; what was not committed is gone. */
  crash(): void {
    this.running?.store.close()
    this.running = null
    this.#begin()
  }

  /** Copies the disk, once. Returns whether it did. */
  backup(to: string): boolean {
    if (!this.running || this.#copied) return false
    mkdirSync(to, { recursive: true })
    this.running.store.db.prepare('VACUUM INTO ?').run(join(to, STORE_FILE))
    this.#copied = { nonce: this.#sidecar?.nonce ?? null }
    return true
  }

  /** Whether the machine has connected since its disk was copied. */
  get isCopyStale(): boolean {
    return this.#copied !== null && this.#sidecar !== null && this.#copied.nonce !== this.#sidecar.nonce
  }

  /** The disk comes back as it was then; the machine and its sidecar are the same. */
  restore(from: string): void {
    this.crash()
    this.#copyFiles(from, this.folder)
    this.#hasUnsafe = false
    rmSync(from, { recursive: true })
    this.#copied = null
    this.start()
  }

  /** Whether anything was written since it was asked last. */
  hasChanged(): boolean {
    if (!this.running) return false
    const now = this.running.looks.changes.get() as number
    if (now === this.#changes) return false
    this.#changes = now
    return true
  }

  /** Facts that the tracker has not seen yet, in order. */
  newFacts(): EventBody[] {
    if (!this.running) return []
    const generation = this.running.repositories.device.get()?.generation ?? 1
    const rows = this.running.looks.facts.all(generation, this.#seen.get(generation) ?? 0)
    const last = rows.at(-1)
    if (last) this.#seen.set(generation, last.seq)
    return rows.map(({ body }) => JSON.parse(body) as EventBody)
  }

  /** Texts of slips that this desk printed since it was asked last. */
  newSlips(): string[] {
    if (!this.running) return []
    const jobs = this.running.looks.slips.all(this.#printed)
    this.#printed = jobs.at(-1)?.n ?? this.#printed
    return jobs.flatMap(({ document }) => {
      const { kind, qr } = JSON.parse(document) as { kind: string; qr?: string | null }
      return kind === 'slip' && qr ? [qr] : []
    })
  }

  /** After a restore the log is shorter: what it holds was seen before. */
  forgetSeen(): void {
    this.#seen.clear()
    this.newFacts()
  }

  /** For a person who looks for a fault. */
  whatIsKnownOf(key: string): string {
    const [visitId = '', entryNo] = key.split('/')
    const ref = { visitId, entryNo: Number(entryNo) }
    const row = this.running?.repositories.hand.get(ref)
    const entry = this.running?.repositories.entries.get(ref)
    return `hand ${row ? `${row.state} ${row.grant.incarnation}.${row.grant.n}` : '-'}, entry ${entry ? `${entry.status} ${entry.strength}` : '-'}`
  }

  /** Every entry that this desk ever had, and what may have become of the visit after it. */
  everTouched(): string[] {
    const rows = this.running?.looks.touched.all() ?? []
    return rows.flatMap(({ visitId, entryNo }) => [
      keyOf({ visitId, entryNo }),
      keyOf({ visitId, entryNo: entryNo + 1 }),
    ])
  }

  held(): HeldHere[] {
    return this.running?.looks.held.all() ?? []
  }

  /** What this desk may act on by its own store. A hand that is locked for doubt can not be played. */
  custody(): Custody[] {
    if (!this.running) return []
    const { looks, context } = this.running
    const held = context.identity.inDoubt() ? [] : looks.held.all()
    const open = looks.open.all()
    const asCustody = (row: CustodyRow): Custody => ({
      key: keyOf(row),
      grant: `${row.incarnation}.${row.n}`,
      how: row.how,
    })
    return [...held, ...open].map(asCustody)
  }
}

/** An entry that waits in the hand here. */
export type HeldHere = { visitId: string; entryNo: number; serviceId: string }

type CustodyRow = { visitId: string; entryNo: number; incarnation: number; n: number; how: Custody['how'] }

/** What the simulation reads beside the product's own repositories, prepared once for each start. */
function prepareLooks({ db }: Store) {
  return {
    changes: db.prepare('SELECT total_changes()').pluck(),
    facts: db.prepare<[number, number], { seq: number; body: string }>(
      'SELECT seq, body FROM event WHERE generation = ? AND seq > ? ORDER BY seq',
    ),
    slips: db.prepare<[number], { n: number; document: string }>(
      'SELECT n, document FROM print_job WHERE n > ? ORDER BY n',
    ),
    touched: db.prepare<[], { visitId: string; entryNo: number }>(
      'SELECT visit_id AS visitId, entry_no AS entryNo FROM hand',
    ),
    held: db.prepare<[], CustodyRow & HeldHere>(
      "SELECT visit_id AS visitId, entry_no AS entryNo, service_id AS serviceId, incarnation, grant_n AS n, 'held' AS how FROM hand WHERE state = 'held'",
    ),
    open: db.prepare<[], CustodyRow>(
      `SELECT visit_id AS visitId, entry_no AS entryNo, grant_incarnation AS incarnation, grant_n AS n, status AS how
       FROM entry WHERE status IN ('called', 'serving', 'on_hold', 'no_show')`,
    ),
  }
}
