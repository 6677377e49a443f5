/** A counter moves to another PC with a file that holds no secret. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { readProfile } from '#main/host/profile.ts'
import { NO_DEVICES, newPc } from '#tests/host/set-up/new-pc.ts'
import { must, openMall } from '#tests/support/mall.ts'

/** What the store knows of this device and its server beside where that is: token, ids, keys. */
function secretsIn(dataDir: string): string[] {
  const db = new Database(join(dataDir, 'loket.db'), { readonly: true })
  const rows = [...db.prepare('SELECT * FROM device').all(), ...db.prepare('SELECT * FROM slip_key').all()]
  db.close()
  const values = rows
    .flatMap((row) => Object.values(row as object))
    .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64url') : String(value)))
  const secrets = values.filter((value) => value.length >= 20 && !value.startsWith('http'))
  expect(secrets.length).toBeGreaterThan(2)
  return secrets
}

describe('a counter moves to another PC', () => {
  test('with a file that holds no secret, and a one-time code', async () => {
    const mall = await openMall()
    const old = await mall.desk('polres-1', {
      officerId: 'teknisi',
      profile: { ...NO_DEVICES, printer: { width: 58, transport: { kind: 'panel' } } },
    })
    const { fileName, text } = await must(old.client.invoke('devices.export', {}))
    expect(fileName).toBe('loket-12.loket.json')
    for (const secret of secretsIn(old.dataDir)) expect(text).not.toContain(secret)
    expect(Object.keys(JSON.parse(text)).sort()).toEqual([
      'exportedAt',
      'kind',
      'placeName',
      'profile',
      'role',
      'serverUrl',
      'version',
    ])

    const pc = newPc()
    const read = await must(pc.client.invoke('devices.readExport', { text }))
    expect(read).toMatchObject({
      serverUrl: mall.server.url,
      placeName: 'Loket 12',
      profile: { printer: { width: 58 } },
    })
    const { serverUrl, placeName: deviceName, profile } = read
    expect(Object.keys(read).sort()).toEqual(['placeName', 'profile', 'role', 'serverUrl'])
    const wrong = await pc.client.invoke('setup.enrol', { serverUrl, code: 'AAAA-AAAA', deviceName, profile })
    expect(wrong).toEqual({ ok: false, code: 'ENROLMENT_CODE_INVALID' })
    expect(await must(pc.client.invoke('devices.profile', {}))).toMatchObject({ profile: NO_DEVICES })
    expect(readProfile(pc.dataDir)).toEqual(NO_DEVICES)
    const code = await mall.code('polres-1')
    await must(pc.client.invoke('setup.enrol', { serverUrl, code, deviceName, profile }))
    await pc.until(({ printer, device }) => printer.state === 'ready' && device !== null)
    expect(JSON.parse(readFileSync(join(pc.dataDir, 'profile.json'), 'utf8'))).toMatchObject({ printer: { width: 58 } })
  })

  test('a profile that cannot be written costs no code either: the set-up screen says so, and the same code does it later', async () => {
    const mall = await openMall()
    const pc = newPc()
    // A folder in the place of the file that is written first, whoever runs this.
    const inTheWay = join(pc.dataDir, 'profile.json.new')
    mkdirSync(join(inTheWay, 'x'), { recursive: true })
    const input = {
      serverUrl: mall.server.url,
      code: await mall.code('polres-1'),
      deviceName: 'Loket 12',
      profile: { ...NO_DEVICES, printer: { width: 58, transport: { kind: 'panel' } } },
    }
    expect(await pc.client.invoke('setup.enrol', input)).toEqual({ ok: false, code: 'PROFILE_NOT_SAVED' })
    expect(pc.desk()).toMatchObject({ device: null, printer: { state: 'absent' } })
    rmSync(inTheWay, { recursive: true })
    await must(pc.client.invoke('setup.enrol', input))
    await pc.until(({ printer, device }) => printer.state === 'ready' && device !== null)
  })

  test('a PC that is enrolled already keeps its profile', async () => {
    const mall = await openMall()
    const desk = await mall.desk('polres-1')
    const profile = { ...NO_DEVICES, printer: { width: 58, transport: { kind: 'panel' } } }
    const input = { serverUrl: mall.server.url, code: 'AAAA-AAAA', deviceName: 'Loket 12', profile }
    expect(await desk.client.invoke('setup.enrol', input)).toEqual({ ok: false, code: 'ALREADY_ENROLLED' })
    expect(existsSync(join(desk.dataDir, 'profile.json'))).toBe(false)
  })

  test('a profile that does not hold costs no code', async () => {
    const mall = await openMall()
    const pc = newPc()
    const code = await mall.code('polres-1')
    const enrol = (profile: Record<string, unknown> | null) =>
      pc.client.invoke('setup.enrol', { serverUrl: mall.server.url, code, deviceName: 'Loket 1', profile })
    expect(await enrol({ displays: 'none' })).toMatchObject({ ok: false, code: 'PROFILE_WRONG' })
    await must(enrol(null))
  })

  test.each([
    ['something else', 'halo', 'EXPORT_UNREADABLE'],
    ['another JSON', '{"kind":"x"}', 'EXPORT_UNREADABLE'],
    ['a file of a newer Loket', '{"kind":"loket-desk","version":2}', 'EXPORT_NEWER'],
  ])('%s is refused', async (_, text, code) => {
    expect(await newPc().client.invoke('devices.readExport', { text })).toEqual({ ok: false, code })
  })

  test('a PC that is not enrolled has nothing to export', async () => {
    expect(await newPc().client.invoke('devices.export', {})).toEqual({ ok: false, code: 'NOT_ENROLLED' })
  })
})
