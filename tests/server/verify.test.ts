import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { shortHash } from '#domain/chain.ts'
import { DATABASE_FILE } from '#server/store/open.ts'
import { reclaim } from '#server/supervision/supervise.ts'
import { runVerify } from '#server/verify/run-verify.ts'
import { contextOfMall } from '#tests/server/support/mall-context.ts'
import { run } from '#tests/server/support/run.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

/** A day with every kind of thing in it, and the server stopped. */
async function aDay() {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const one = await mall.counter('dukcapil-1')
  const two = await mall.counter('dukcapil-2')
  await one.open()
  await two.open()
  for (const label of ['D-001', 'D-002', 'D-003', 'D-004']) await desk.issue(label, 'ktp')
  const [first, second] = await one.grants()
  const [shown, left] = await two.grants()
  if (!first || !second || !shown || !left) throw new Error('not dealt as expected')
  one.recordCall(first)
  one.recordServing(first)
  one.recordDone(first)
  one.recordReleased(second)
  await one.push()
  two.recordPresented(first)
  two.recordCall(shown)
  two.recordServing(shown)
  two.recordForward(shown, 'kk')
  two.recordText('not json')
  await two.push()
  mall.now += 120_000
  await reclaim(await contextOfMall(mall), two.id, 'technician')
  return { mall, desk, one, two }
}

function edit(mall: TestMall, ...statements: readonly string[]): void {
  const database = new Database(join(mall.dataDir, DATABASE_FILE))
  database.pragma('foreign_keys = OFF')
  database.exec('drop trigger event_never_update; drop trigger event_never_delete')
  for (const statement of statements) expect(database.prepare(statement).run().changes).toBeGreaterThan(0)
  database.close()
}

const verify = (mall: TestMall, ...args: string[]) => runVerify(['--data', mall.dataDir, ...args])

describe('what the server holds', () => {
  test('is whole after a day with claims, findings and a reclaim', async () => {
    const { mall } = await aDay()
    expect(await verify(mall)).toEqual({ text: 'mal-uji: utuh. 4 rantai, 17 catatan.\n', isWhole: true })
  })

  test('shows a changed body', async () => {
    const { mall, one } = await aDay()
    edit(mall, `update event set body = replace(body, 'made', 'sri') where device_id = '${one.id}' and seq = 3`)

    const { text, isWhole } = await verify(mall)

    expect(isWhole).toBe(false)
    expect(text).toContain('mal-uji: 1 kerusakan')
    expect(text).toContain(`dukcapil-1 (PC uji, ${one.id}), generasi 1, catatan 3: isinya bukan yang dulu disimpan`)
  })

  test('shows an event that was taken out', async () => {
    const { mall, two } = await aDay()
    edit(mall, `delete from event where device_id = '${two.id}' and seq = 2`)
    expect((await verify(mall)).text).toContain('generasi 1, catatan 2: catatan hilang atau bernomor salah')
  })

  test('shows a tail that was cut off, by what it did', async () => {
    const { mall, one } = await aDay()
    edit(mall, `delete from event where device_id = '${one.id}' and seq >= 4`)
    expect((await verify(mall)).text).toContain('D-001/1 di dukcapil-1: berbeda dari catatannya: status')
  })

  test('shows a chain of the server itself that was changed', async () => {
    const { mall } = await aDay()
    edit(mall, `update event set body = replace(body, 'technician', 'server') where type = 'counter.reclaimed'`)
    expect((await verify(mall)).text).toContain('isinya bukan yang dulu disimpan')
  })

  test.each([
    ['an entry', `update entry set status = 'cancelled' where label = 'D-001'`, 'D-001/1: tidak sesuai'],
    ['a claim', `update claim set served_ms = 1 where served_ms = 60000`, 'berbeda dari catatannya: served_ms'],
    ['a claim that is gone', `delete from claim where status = 'completed'`, 'keadaan antreannya tidak tersimpan'],
    ['a finding that is about nothing', `update finding set seq = 99 where code = 'UNDECODABLE'`, 'tanpa catatannya'],
  ])('shows %s', async (_what, statement, shown) => {
    const { mall } = await aDay()
    edit(mall, statement)
    const { text, isWhole } = await verify(mall)
    expect(isWhole).toBe(false)
    expect(text).toContain(shown)
  })

  test('finds the event of a receipt, or says that it is not there', async () => {
    const { mall, one } = await aDay()
    const code = shortHash(one.chain[3]?.hash ?? '')

    const found = await verify(mall, '--receipt', `${one.id.slice(0, 8)} 4 ${code}`)
    expect(found).toMatchObject({ isWhole: true })
    expect(found.text).toContain(`Struk cocok: perangkat ${one.id}, generasi 1, catatan 4, entry.completed`)
    expect(await verify(mall, '--receipt', 'AAAAAAAAAA')).toEqual({
      text: expect.stringContaining('Struk AAAAAAAAAA: catatannya tidak ada di server.'),
      isWhole: false,
    })
  })

  test('is checked by a program that ends with 1 when something is broken', async () => {
    const { mall } = await aDay()
    expect(await run('server/verify-main.ts', ['--data', mall.dataDir])).toMatchObject({ code: 0, stderr: '' })
    edit(mall, `update entry set status = 'cancelled' where label = 'D-001'`)
    expect((await run('server/verify-main.ts', ['--data', mall.dataDir])).code).toBe(1)
    const unknown = await run('server/verify-main.ts', ['--data', mall.dataDir, '--mall', 'lain'])
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('MALL_UNKNOWN') })
  })
})
