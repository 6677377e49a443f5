import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { signedHeadText } from '#contract/wire/agreed.ts'
import { STORE_FILE } from '#db/open.ts'
import { shortHash } from '#domain/chain.ts'
import { ROOT } from '#scripts/root.ts'
import { findingsOf, openTestDesk, type TestDesk } from '#tests/support/test-desk.ts'

/** A desk that called, served and completed one visitor and holds another; nine facts would prove no more. */
async function workedDesk(): Promise<TestDesk> {
  const desk = openTestDesk()
  const ref = desk.grant(1)
  desk.grant(2)
  await desk.call('queue.callNext')
  await desk.call('queue.startServing', ref)
  await desk.call('queue.complete', { ...ref, outcome: 'delivered', paymentReference: null })
  return desk
}

function tamper({ store }: TestDesk, sql: string): void {
  store.db.exec(`DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete; ${sql}`)
}

const KEY = '00000000-0000-4000-8000-000000000001/1'

describe('verifying a store', () => {
  it('finds nothing in one that was only used', async () => {
    expect(findingsOf(await workedDesk())).toEqual([])
  })

  it.each([
    [
      'a changed body',
      "UPDATE event SET body = replace(body, 'SK-001', 'SK-009') WHERE seq = 1",
      { table: 'event', key: '1/1' },
    ],
    ['a changed column', "UPDATE event SET type = 'entry.no_show' WHERE seq = 2", { table: 'event', key: '1/2' }],
    ['a missing event', 'DELETE FROM event WHERE seq = 2', { table: 'event', key: '1/3' }],
    [
      'a body and its hash changed',
      "UPDATE event SET hash = replace(hash, substr(hash, 1, 4), 'abcd') WHERE seq = 2",
      { table: 'event', key: '1/3' },
    ],
    ['a changed status', "UPDATE entry SET status = 'no_show'", { table: 'entry', key: KEY }],
    ['a removed row', 'DELETE FROM entry', { table: 'entry', key: KEY }],
    ['a used entry back in the hand', "UPDATE hand SET state = 'held' WHERE ord = 1", { table: 'hand', key: KEY }],
    ['custody under another grant', 'UPDATE hand SET grant_n = 99 WHERE ord = 1', { table: 'hand', key: KEY }],
    [
      'a void grant that is held',
      `INSERT INTO tombstone VALUES ('00000000-0000-4000-8000-000000000002', 1, 1, 5)`,
      { table: 'hand', key: KEY.replace('1/1', '2/1') },
    ],
    [
      'a cut tail that the server has',
      'UPDATE device SET acked_seq = 3; DELETE FROM event WHERE seq = 3; DELETE FROM entry; DELETE FROM hand',
      { table: 'device', key: 'acked_seq' },
    ],
  ])('finds %s where it is', async (_what, sql, where) => {
    const desk = await workedDesk()
    tamper(desk, sql)
    expect(findingsOf(desk)).toContainEqual(expect.objectContaining(where))
  })

  it('finds a tail that was cut behind the head that the server signed, whatever the rows say', async () => {
    const desk = await workedDesk()
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const { seq, hash } = desk.repositories.events.head(1)
    const deviceId = desk.repositories.device.get()?.device_id ?? ''
    const text = signedHeadText(deviceId, { generation: 1, seq, hash })
    desk.store.db.prepare('UPDATE device SET server_key = ?').run(publicKey.export({ format: 'jwk' }).x)
    desk.repositories.device.set({
      signed_generation: 1,
      signed_seq: seq,
      signed_hash: hash,
      signature: sign(null, Buffer.from(text), privateKey).toString('base64url'),
    })
    expect(findingsOf(desk)).toEqual([])
    tamper(
      desk,
      "DELETE FROM event WHERE seq = 3; UPDATE entry SET status = 'serving', ended_at = NULL, outcome = NULL, served_ms = NULL, served_estimated = NULL",
    )
    expect(findingsOf(desk)).toEqual([
      { table: 'device', key: 'signed_head 1/3', what: expect.stringContaining('berakhir di 2') },
    ])
    // Moving the signed head along needs the server's own key.
    desk.store.db.exec('UPDATE device SET signed_seq = 2')
    expect(findingsOf(desk)).toEqual([expect.objectContaining({ key: 'signed_head 1/2' })])
  })
})

describe('npm run verify', () => {
  const verify = (...args: string[]) => {
    const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'db/verify-main.ts'), ...args], {
      encoding: 'utf8',
    })
    return { status, lines: stdout.trim().split('\n') }
  }

  it('reads a store that is in use, finds a receipt by its code or its whole line, and never tells personal text', async () => {
    const desk = await workedDesk()
    const file = join(desk.folder, STORE_FILE)
    desk.store.transaction(() =>
      desk.repositories.personalTexts.addOwn({
        ...{ visitId: KEY.slice(0, 36), entryNo: 1, key: 'surat', salt: 's'.repeat(22), value: 'RAHASIA' },
      }),
    )
    const code = shortHash(desk.repositories.events.head(1).hash)
    expect(verify('--db', file)).toEqual({ status: 0, lines: ['UTUH: 3 peristiwa, 0 temuan'] })
    for (const typed of [code.toLowerCase(), `1a2b3c4d 3 ${code}`]) {
      const { status, lines } = verify('--db', file, '--receipt', typed)
      expect(status).toBe(0)
      expect(lines[1]).toBe(`1/3 entry.completed 2026-11-21 09:00:00 WITA antrean ${KEY}`)
      expect(lines.join()).not.toContain('RAHASIA')
    }
    expect(verify('--db', file, '--receipt', 'AAAAAAAAAA').status).toBe(1)
    expect(verify('--db', join(desk.folder, 'no.db')).status).toBe(1)
    expect(verify().status).toBe(1)
  })

  it('says where, and ends with 1', async () => {
    const desk = await workedDesk()
    const file = join(desk.folder, STORE_FILE)
    const other = new Database(file)
    other.exec("UPDATE entry SET status = 'no_show'")
    other.close()
    const { status, lines } = verify('--db', file)
    expect(status).toBe(1)
    expect(lines[0]).toBe(`entry ${KEY}: status = no_show, menurut catatan completed`)
  })
})
