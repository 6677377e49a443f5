import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { MIGRATIONS } from '#db/migrations/index.ts'
import { openStore, STORE_FILE } from '#db/open.ts'
import { createRepositories } from '#db/repositories/index.ts'
import { StoreError, type StoreErrorCode } from '#db/store-error.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

function codeOf(work: () => unknown): StoreErrorCode | string {
  try {
    work()
  } catch (error) {
    return error instanceof StoreError ? error.code : `not a StoreError: ${String(error)}`
  }
  return 'no error'
}

describe('opening the store', () => {
  it('creates the folder and the file and survives a reopen', () => {
    const folder = join(tempFolder(), 'a', 'b')
    openStore(folder).close()
    const store = openStore(folder)
    expect(existsSync(join(folder, STORE_FILE))).toBe(true)
    store.close()
  })

  it('writes with a log and a full sync, so that a committed call survives a power cut', () => {
    const store = openStore(tempFolder())
    expect(store.db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(store.db.pragma('synchronous', { simple: true })).toBe(2)
    store.close()
  })

  it('waits for no disk with what the server tells again, also when that goes wrong, and for everything else it does', () => {
    const store = openStore(tempFolder())
    const synchronous = () => store.db.pragma('synchronous', { simple: true })
    expect(store.takeTold(synchronous)).toBe(1)
    expect(store.transaction(synchronous)).toBe(2)
    expect(() =>
      store.takeTold(() => {
        throw new Error('not told well')
      }),
    ).toThrow('not told well')
    expect(store.transaction(synchronous)).toBe(2)
    expect(store.transaction(() => store.takeTold(synchronous))).toBe(2)
    store.close()
  })

  it('makes another commit, for which it waits, when a fact was among what the server told', () => {
    const folder = tempFolder()
    const store = openStore(folder)
    const log = join(folder, `${STORE_FILE}-wal`)
    const framesOf = (work: () => void) => {
      const before = statSync(log).size
      work()
      return (statSync(log).size - before) / (4_096 + 24)
    }
    const { events } = createRepositories(store, sha256)
    const device = '00000000-0000-4000-8000-000000000000'
    const signedOut = { type: 'officer.signed_out', data: { officerId: 'petugas-1' }, officerId: 'petugas-1' } as const
    const circumstances = {
      v: 1,
      device,
      generation: 1,
      at: 1_000,
      offset: null,
      counterId: null,
      epoch: null,
    } as const
    const fact = (seq: number) => () => void events.append({ ...signedOut, ...circumstances, seq }, 'a'.repeat(64))
    store.transaction(fact(1))
    const waited = framesOf(() => store.transaction(fact(2)))
    expect(framesOf(() => store.takeTold(fact(3)))).toBe(waited + 1)
    const told = () => void store.db.prepare('UPDATE desk SET paused = 1 - paused').run()
    expect(framesOf(() => store.takeTold(told))).toBe(framesOf(() => store.transaction(told)))
    store.close()
  })

  it('refuses a file that is no database', () => {
    const folder = tempFolder()
    writeFileSync(
      join(folder, STORE_FILE),
      'this is a letter, not a database, and it is long enough to be read as a header. '.repeat(20),
    )
    expect(codeOf(() => openStore(folder))).toBe('STORE_BROKEN')
  })

  it('refuses a database whose pages were overwritten', () => {
    const folder = tempFolder()
    const store = openStore(folder)
    const insert = store.db.prepare('INSERT INTO event (generation, seq, hash, type, body) VALUES (1, ?, ?, ?, ?)')
    store.transaction(() => {
      for (let seq = 1; seq <= 500; seq += 1) insert.run(seq, 'x'.repeat(64), 'entry.called', 'y'.repeat(300))
    })
    store.close()
    const file = join(folder, STORE_FILE)
    const fd = openSync(file, 'r+')
    writeSync(fd, Buffer.alloc(statSync(file).size - 40_000, 0xa5), 0, null, 36_000)
    closeSync(fd)
    expect(codeOf(() => openStore(folder))).toBe('STORE_BROKEN')
  })

  it('refuses the database of another program and leaves it as it was', () => {
    const folder = tempFolder()
    const file = join(folder, STORE_FILE)
    const other = new Database(file)
    other.exec('CREATE TABLE recipes (name TEXT)')
    other.close()
    const before = readFileSync(file)
    expect(codeOf(() => openStore(folder))).toBe('STORE_FOREIGN')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('refuses a store that a newer program wrote', () => {
    const folder = tempFolder()
    const store = openStore(folder)
    store.db.pragma('user_version = 9999')
    store.close()
    expect(codeOf(() => openStore(folder))).toBe('STORE_NEWER')
  })

  it('refuses a second host on the same store while the first one lives', () => {
    const folder = tempFolder()
    const store = openStore(folder)
    expect(codeOf(() => openStore(folder))).toBe('STORE_IN_USE')
    store.close()
    openStore(folder).close()
  })

  it('says so when the folder cannot be written', () => {
    // Root may write anywhere but into the kernel's own file system.
    const isRoot = process.getuid?.() === 0
    const folder = isRoot ? '/sys/loket' : join(tempFolder(), 'readonly')
    if (!isRoot) {
      mkdirSync(folder)
      chmodSync(folder, 0o555)
    }
    expect(codeOf(() => openStore(folder))).toBe('STORE_READ_ONLY')
  })

  it('says so when the disk is full, and has then written nothing', () => {
    const folder = tempFolder()
    const store = openStore(folder)
    const pages = store.db.pragma('page_count', { simple: true }) as number
    store.db.pragma(`max_page_count = ${pages + 4}`)
    const insert = store.db.prepare('INSERT INTO event (generation, seq, hash, type, body) VALUES (1, ?, ?, ?, ?)')
    const fill = () =>
      store.transaction(() => {
        for (let seq = 1; seq <= 200; seq += 1) insert.run(seq, 'x', 'entry.called', 'y'.repeat(1000))
      })
    expect(codeOf(fill)).toBe('STORE_FULL')
    expect(store.db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(0)
    store.db.pragma('max_page_count = 1000000')
    fill()
    expect(store.db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(200)
    store.close()
  })
})

describe('migrations', () => {
  it('are numbered 1, 2, 3 and each has its own file', () => {
    expect(MIGRATIONS.map((migration) => migration.version)).toEqual(MIGRATIONS.map((_, index) => index + 1))
    const files = readdirSync(new URL('../../db/migrations/', import.meta.url)).filter((name) => name !== 'index.ts')
    expect(files).toHaveLength(MIGRATIONS.length)
    for (const [index, name] of files.sort().entries())
      expect(name).toMatch(new RegExp(`^${String(index + 1).padStart(4, '0')}-`))
  })

  it('leave nothing behind when one fails', () => {
    const folder = tempFolder()
    const bad = [
      ...MIGRATIONS,
      { version: MIGRATIONS.length + 1, sql: 'CREATE TABLE half (a TEXT); CREATE TABLE oops (' },
    ]
    expect(() => openStore(folder, bad)).toThrow()
    const store = openStore(folder)
    expect(store.db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    expect(store.db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0)
    store.close()
  })

  it('0001 gives the tables that the first program version works with', () => {
    const store = openStore(tempFolder(), MIGRATIONS.slice(0, 1))
    const tables = store.db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
      .pluck()
      .all()
    expect(tables).toEqual([
      'command',
      'config',
      'desk',
      'desk_series',
      'device',
      'entry',
      'event',
      'hand',
      'number_lease',
      'personal_text',
      'pin_attempt',
      'print_job',
      'queue',
      'visit',
    ])
    store.close()
  })
})
