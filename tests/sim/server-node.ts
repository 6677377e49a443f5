/**
 * The mall server in the simulated mall: its real database in a memory-backed file, its real dealer, push and supervision. Only
 * HTTP is left out; what a route does is called directly.
 */
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openSimServer, type SimServer } from '#tests/sim/server-parts.ts'
import type { World } from '#tests/sim/world.ts'

const FILES = ['mall.db', 'mall.db-wal', 'mall.db-shm']

export class ServerNode {
  readonly folder: string
  readonly #world: World
  running: SimServer | null = null
  /** Counts starts: what was under way before a crash never answers. */
  life = 0
  #incarnation = 1

  constructor(world: World, folder: string) {
    this.#world = world
    this.folder = folder
  }

  get isUp(): boolean {
    return this.running !== null
  }

  async start(): Promise<void> {
    if (this.running) return
    this.running = await openSimServer(this.folder, () => this.#world.time.now, this.#world.tracker)
    this.life += 1
  }

  /** The process dies; what was not committed is gone. */
  async crash(): Promise<void> {
    const { running } = this
    if (running) this.#incarnation = await running.incarnation()
    this.running = null
    this.life += 1
    await running?.close()
  }

  async backup(): Promise<void> {
    await this.running?.backup(join(this.folder, 'backup.db'))
  }

  get hasBackup(): boolean {
    return existsSync(join(this.folder, 'backup.db'))
  }

  /**
   * The backup takes the place of the database. Unless a device finds it out by its signed head, the command that did it begins a
   * new incarnation. `isFoundOut` is given the incarnation that was lost.
   */
  async restore(isFoundOut: (before: number) => Promise<boolean>): Promise<void> {
    // As the restore command does: the database that is put aside knows how far the incarnations had come.
    const before = (await this.running?.incarnation()) ?? this.#incarnation
    this.#incarnation = before
    await this.crash()
    for (const file of FILES) rmSync(join(this.folder, file), { force: true })
    copyFileSync(join(this.folder, 'backup.db'), join(this.folder, 'mall.db'))
    await this.start()
    if (!(await isFoundOut(before))) await this.running?.beginIncarnation(before)
  }
}
