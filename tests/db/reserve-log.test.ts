import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openStore, STORE_FILE } from '#db/open.ts'
import { StoreError } from '#db/store-error.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const MB_4 = 4_096_000

function openTestStore() {
  const folder = tempFolder()
  const store = openStore(folder)
  const insert = store.db.prepare('INSERT INTO event (generation, seq, hash, type, body) VALUES (1, ?, ?, ?, ?)')
  return {
    store,
    add: (seq: number) => store.transaction(() => insert.run(seq, 'x', 'entry.called', 'y'.repeat(1_000))),
    count: () => store.db.prepare('SELECT count(*) FROM event').pluck().get(),
    sizeOf: (suffix = '') => statSync(join(folder, STORE_FILE + suffix)).size,
  }
}

it('commits no longer make the log longer once it has its length, and nothing else is changed by that', () => {
  const { store, add, count, sizeOf } = openTestStore()
  add(1)
  store.checkpoint()
  const pages = store.db.pragma('page_count')
  const cache = store.db.pragma('cache_size')

  store.reserveLog()

  expect(store.db.pragma('page_count')).toEqual(pages)
  const length = sizeOf('-wal')
  expect(length).toBeGreaterThanOrEqual(MB_4)
  for (let seq = 2; seq <= 100; seq += 1) add(seq)
  expect(sizeOf('-wal')).toBe(length)
  store.checkpoint()
  expect(sizeOf()).toBeLessThan(1_000_000)
  expect(store.db.pragma('cache_size')).toEqual(cache)
  expect(store.db.prepare("SELECT name FROM sqlite_schema WHERE name = 'reserve'").all()).toEqual([])
  expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(count()).toBe(100)
  store.close()
})

it('a log that has its length is left alone', () => {
  const { store, add, sizeOf } = openTestStore()
  store.reserveLog()
  add(1)
  const length = sizeOf('-wal')
  store.reserveLog()
  expect(sizeOf('-wal')).toBe(length)
  store.close()
})

it('a disk without room for it is said, has its room back, and the desk goes on as before', () => {
  const { store, add, count, sizeOf } = openTestStore()
  const pages = store.db.pragma('page_count', { simple: true }) as number
  const cache = store.db.pragma('cache_size')
  store.db.pragma(`max_page_count = ${pages + 500}`)

  expect(() => store.reserveLog()).toThrow(expect.objectContaining({ name: StoreError.name, code: 'STORE_FULL' }))

  expect(sizeOf('-wal')).toBe(0)

  expect(store.db.pragma('cache_size')).toEqual(cache)
  add(1)
  expect(count()).toBe(1)
  store.close()
})
