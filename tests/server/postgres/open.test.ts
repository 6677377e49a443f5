/** Opening a PostgreSQL database, and what the server says when it cannot. */
import { sql } from 'kysely'
import type { ClientBase } from 'pg'
import { describe, expect, test } from 'vitest'
import { startServer } from '#server/start-server.ts'
import { openStore } from '#server/store/open.ts'
import { checkServer } from '#server/store/postgres-checks.ts'
import { emptyDatabase, mallDatabase, postgresUrl, runSql } from '#tests/server/support/postgres.ts'
import { run } from '#tests/server/support/run.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

test('several programs that open an empty database at once prepare it once', async () => {
  const url = await emptyDatabase()

  const opened = await Promise.all([openStore(url), openStore(url), openStore(url)])

  for (const db of opened) expect(await db.selectFrom('entry').selectAll().execute()).toEqual([])
  await Promise.all(opened.map((db) => db.destroy()))
})

test('facts are never changed, deleted or cut away', async () => {
  const db = await openStore(await mallDatabase())
  for (const attempt of [sql`update event set body = ''`, sql`delete from event`, sql`truncate event cascade`]) {
    await expect(attempt.execute(db)).rejects.toThrow('never changed')
  }
  await db.destroy()
})

test('numbers are numbers, and one that a number cannot hold is an error instead of another number', async () => {
  const db = await openStore(await mallDatabase())
  const store = (value: string) =>
    sql`insert into sequence (mall_id, name, value) values ('mal', 'uji', ${value}) on conflict (mall_id, name) do update set value = ${value}`.execute(
      db,
    )
  const read = () =>
    db
      .selectFrom('sequence')
      .select('value')
      .where('name', '=', 'uji' as never)
      .executeTakeFirst()

  await store('9007199254740991')
  expect(await read()).toEqual({ value: Number.MAX_SAFE_INTEGER })
  await store('9007199254740993')
  await expect(read()).rejects.toThrow('9007199254740993')
  await db.destroy()
})

test('a work that collides with another is tried again', async () => {
  const db = await openStore(await mallDatabase())
  await db
    .insertInto('server_state')
    .values({ id: 1, incarnation: 1, created_at: 1 })
    .onConflict((c) => c.doNothing())
    .execute()
  let attempts = 0
  const colliding = (times: number, code: string) => {
    attempts = 0
    return db.transact('mal-uji', async (trx) => {
      attempts += 1
      if (attempts <= times) await sql.raw(`do $$ begin raise exception using errcode = '${code}'; end $$`).execute(trx)
      return attempts
    })
  }

  expect(await colliding(2, '40001')).toBe(3)
  expect(await colliding(1, '40P01')).toBe(2)
  await expect(colliding(99, '40001')).rejects.toMatchObject({ code: '40001' })
  expect(attempts).toBeLessThan(10)
  await expect(colliding(1, '22012')).rejects.toMatchObject({ code: '22012' })
  expect(attempts).toBe(1)
  await db.destroy()
})

test('lost connections end the work under way, not the server', async () => {
  const url = await mallDatabase()
  const db = await openStore(url)
  const cut = () =>
    runSql(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      url,
    )
  await db.selectFrom('entry').selectAll().execute()
  await cut()
  await expect.poll(() => db.selectFrom('entry').selectAll().execute()).toEqual([])

  const broken = db.transact('mal-uji', async (trx) => {
    await cut()
    await trx.selectFrom('entry').selectAll().execute()
  })

  await expect(broken).rejects.toThrow()
  await expect.poll(() => db.transact('mal-uji', async () => 'lagi')).toBe('lagi')
  await db.destroy()
})

test('the programs take the address too', async () => {
  const database = await mallDatabase()

  const enrol = await run('server/enrol-main.ts', ['--database', database, '--counter', 'polres-1'])
  const wrong = await run('server/enrol-main.ts', ['--database', 'mysql://x', '--counter', 'polres-1'])

  expect(enrol.stdout).toMatch(/^[A-Z2-7]{4}-[A-Z2-7]{4}\n$/)
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/^BAD_OPTION .*\n$/) })
})

describe('a database that cannot be used', () => {
  const refusal = async (url: string) => {
    const error = await openStore(url).then(
      (db) => db.destroy(),
      (error: unknown) => error,
    )
    return error as Error & { code: string }
  }
  const withPassword = (url: string, password: string) => Object.assign(new URL(url), { password }).href

  test('a server that is not there', async () => {
    expect(await refusal('postgres://loket:sandi@127.0.0.1:1/mal')).toMatchObject({ code: 'DATABASE_UNREACHABLE' })
    expect(await refusal('postgres://loket:sandi@tiada.invalid/mal')).toMatchObject({ code: 'DATABASE_UNREACHABLE' })
  })

  test('a wrong password or none, which the message does not repeat', async () => {
    const url = await mallDatabase()
    const wrong = await refusal(withPassword(url, 'sangat-rahasia'))
    expect(wrong).toMatchObject({ code: 'DATABASE_LOGIN_WRONG' })
    expect(wrong.message).not.toContain('rahasia')
    expect(await refusal(withPassword(url, ''))).toMatchObject({ code: 'DATABASE_LOGIN_WRONG' })
  })

  test('a database that does not exist', async () => {
    expect(await refusal(`${await postgresUrl()}/tiada`)).toMatchObject({ code: 'DATABASE_MISSING' })
  })

  test('an empty database, for a tool that needs what a server has stored', async () => {
    const opening = openStore(await emptyDatabase(), { mustExist: true })
    await expect(opening).rejects.toMatchObject({ code: 'DATABASE_MISSING' })
  })

  test('tables of something else, which stay as they are', async () => {
    const url = await emptyDatabase()
    await runSql('create table schema_migration (id integer); create table entry (id integer)', url)

    expect(await refusal(url)).toMatchObject({ code: 'DATABASE_FOREIGN' })

    const { rows } = await runSql('select tablename from pg_tables where schemaname = current_schema() order by 1', url)
    expect(rows.map((row) => row.tablename)).toEqual(['entry', 'schema_migration'])
  })

  test('tables of a newer program', async () => {
    const url = await mallDatabase()
    await runSql(`insert into schema_migration (name, timestamp) values ('0999-future', '2030-01-01')`, url)
    expect(await refusal(url)).toMatchObject({ code: 'NEWER_SCHEMA' })
  })

  test('a user who may not create tables', async () => {
    const url = await emptyDatabase()
    await runSql(`create role tamu_${url.slice(-6)} login password 'tamu'`, url)
    const guest = Object.assign(new URL(url), { username: `tamu_${url.slice(-6)}`, password: 'tamu' }).href
    expect(await refusal(guest)).toMatchObject({ code: 'DATABASE_NOT_ALLOWED' })
    await runSql(`drop role tamu_${url.slice(-6)}`, url)
  })

  test('an address that is none', async () => {
    expect(await refusal('postgres://a b:x@[')).toMatchObject({ code: 'BAD_OPTION' })
  })

  test.each([
    [{ version: 130_011, encoding: 'UTF8' }, 'DATABASE_TOO_OLD'],
    [{ version: 160_002, encoding: 'LATIN1' }, 'DATABASE_NOT_UTF8'],
  ])('a server that says %o', async (answer, code) => {
    const client = { query: async () => ({ rows: [answer] }) } as unknown as ClientBase
    await expect(checkServer(client, 'basis data')).rejects.toMatchObject({ code })
  })
})

test('the same configuration taken in by several servers at once is one version', async () => {
  const url = await emptyDatabase()
  const options = { config: TEST_CONFIG, dataDir: '', database: url, port: 0, logLevel: 'silent' }

  const servers = await Promise.all([startServer(options), startServer(options), startServer(options)])

  expect((await runSql('select version from config_version', url)).rows).toEqual([{ version: 1 }])
  expect((await runSql('select seq from change', url)).rows).toEqual([{ seq: '1' }])
  await Promise.all(servers.map((server) => server.close()))
})

test("a text that PostgreSQL cannot store is the sender's mistake", async () => {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  desk.recordText('bukan\0peristiwa')

  const answer = await desk.call('/v1/events', desk.piece(1))

  expect(answer).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
})
