import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { personalTextHash } from '#domain/personal-text.ts'
import { latestConfig } from '#server/config/import-config.ts'
import { toCsv } from '#server/export/csv.ts'
import { dayLog } from '#server/export/day-log.ts'
import { runExport } from '#server/export/run-export.ts'
import { openStore } from '#server/store/open.ts'
import { run } from '#tests/server/support/run.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

describe('CSV', () => {
  test('has a BOM, CRLF, and quotes only where a cell needs them', () => {
    const rows = [
      ['nomor', 'layanan'],
      ['A-001', 'KTP, "baru"\nhilang'],
    ]
    expect(toCsv(rows)).toBe('\uFEFFnomor,layanan\r\nA-001,"KTP, ""baru""\nhilang"\r\n')
  })

  test.each(['=1+1', '+62', '-1', '@SUM(A1)', '\tx', '\rx'])('a cell %j cannot run as a formula', (text) => {
    expect(parseCsv(toCsv([[text]]))).toEqual([[`'${text}`]])
  })

  test('reads back as what was written, whatever the cells hold', () => {
    const cells = fc.array(fc.string({ unit: fc.constantFrom(...'ab",;\r\n \'=é') }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 5 }), (rows) => {
        const guarded = rows.map((row) => row.map((cell) => (/^[=\r]/.test(cell) ? `'${cell}` : cell)))
        expect(parseCsv(toCsv(rows))).toEqual(guarded)
      }),
    )
  })
})

test.each(['8202611210000017', '082026112100', '12/11/2026', '123E45', '123.456', '-123456', 'AAAAAA'])(
  'the bank reference %s stays the text that was typed: a spreadsheet takes no number, date or exponent of it',
  async (paymentReference) => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const counter = await mall.counter('dukcapil-1')
    await counter.open()
    await desk.issue('K-01', 'kk')
    const [card] = await counter.grants()
    if (!card) throw new Error('nothing was granted')
    counter.recordCall(card)
    counter.recordServing(card)
    counter.recordDone(card, 60_000, { paymentReference })
    await counter.push()
    const out = join(mall.dataDir, 'log.csv')
    await runExport(['--date', '2026-11-16', '--out', out, '--data', mall.dataDir])

    const [header, row] = parseCsv(readFileSync(out, 'utf8'))
    expect(row?.[header?.indexOf('referensi bank') ?? -1]).toBe(`'${paymentReference}`)
  },
)

/** A reader written from RFC 4180 alone. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let rest = text.replace(/^\uFEFF/, '')
  while (rest.length > 0) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest)
    const plain = /^[^,\r\n]*/.exec(rest)
    row.push(quoted ? (quoted[1] ?? '').replaceAll('""', '"') : (plain?.[0] ?? ''))
    rest = rest.slice((quoted ?? plain)?.[0].length)
    if (rest.startsWith('\r\n')) {
      rows.push(row)
      row = []
      rest = rest.slice(2)
    } else if (rest.startsWith(',')) rest = rest.slice(1)
    else throw new Error(`not CSV at: ${rest.slice(0, 20)}`)
  }
  return rows
}

/** A morning: one forwarded and then served within standard, one too long, one absent, one still waiting. */
async function morning() {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const police = await mall.counter('polres-1')
  const dukcapil = await mall.counter('dukcapil-1')
  await police.open()
  await dukcapil.open()
  const minute = (n: number) => {
    mall.now += n * 60_000
  }
  await desk.issue('P-001', 'hilang', { priority: 'elderly', journeyId: 'ktp-hilang' })
  await desk.issue('K-01', 'kk')
  await desk.issue('K-02', 'kk')
  await desk.issue('P-002', 'hilang')
  minute(5)
  const [lost] = await police.grants()
  const [card, absent] = await dukcapil.grants()
  if (!lost || !card || !absent) throw new Error('nothing was granted')
  police.recordCall(lost)
  dukcapil.recordCall(card, 'urgent')
  minute(1)
  police.recordServing(lost)
  dukcapil.recordServing(card)
  minute(10)
  police.recordForward(lost, 'ktp')
  await police.push()
  minute(6)
  dukcapil.recordDone(card, 15 * 60_000 + 1)
  dukcapil.recordCall(absent)
  minute(2)
  dukcapil.record({ type: 'entry.no_show', data: { visitId: absent.visitId, entryNo: 1, calls: 1 } })
  await dukcapil.push()
  const next = (await dukcapil.grants()).find((grant) => grant.entryNo === 2)
  if (!next) throw new Error('the forward was not granted')
  dukcapil.recordCall(next)
  dukcapil.recordServing(next)
  minute(15)
  dukcapil.recordDone(next, 15 * 60_000, { paymentReference: '0A1B2C3D4E5F6G7H' })
  await dukcapil.push()
  return { mall, out: join(mall.dataDir, 'log.csv'), visits: [lost, card, absent].map((grant) => grant.visitId) }
}

describe('the service log of a day', () => {
  test('has one row per entry with times of the mall', async () => {
    const { mall, out, visits } = await morning()

    const result = await run('server/export-main.ts', ['--date', '2026-11-16', '--out', out, '--data', mall.dataDir])

    expect(result).toEqual({ code: 0, stdout: `${out}\n`, stderr: '' })
    const text = readFileSync(out, 'utf8')
    const waiting = parseCsv(text)[4]?.[7] ?? ''
    expect(text).toBe(
      [
        '\uFEFFtanggal,MPP,instansi,layanan,loket,petugas,nomor,kunjungan,antrean ke-,status,prioritas,persyaratan,terbit,dipanggil,mulai,selesai,menit tunggu,menit layanan,sesuai standar,hasil,referensi bank,dialihkan ke,layanan diserahkan,jumlah layanan,di luar urutan',
        `2026-11-16,Mal Uji,Kepolisian Resor,Kehilangan,1,DKC01,P-001,${visits[0]},1,Dialihkan,Lansia,,09:00:00,09:05:00,09:06:00,09:16:00,5,,,,,KTP,,0,`,
        `2026-11-16,Mal Uji,Dinas Dukcapil,Kartu Keluarga,2,DKC01,K-01,${visits[1]},1,Selesai,,,09:00:00,09:05:00,09:06:00,09:22:00,5,16,tidak,Terlayani,,,Kartu Keluarga (1),1,Keadaan mendesak`,
        `2026-11-16,Mal Uji,Dinas Dukcapil,Kartu Keluarga,2,DKC01,K-02,${visits[2]},1,Tidak Hadir,,,09:00:00,09:22:00,,09:24:00,22,,,,,,,0,`,
        `2026-11-16,Mal Uji,Kepolisian Resor,Kehilangan,1,,P-002,${waiting},1,Menunggu,,,09:00:00,,,,,,,,,,,,`,
        `2026-11-16,Mal Uji,Dinas Dukcapil,KTP,2,DKC01,P-001,${visits[0]},2,Selesai,Lansia,,09:00:00,09:24:00,09:24:00,09:39:00,8,15,ya,Terlayani,'0A1B2C3D4E5F6G7H,,KTP (1),1,`,
        '',
      ].join('\r\n'),
    )
  })

  test('says which services were delivered and how many; a step of a journey brings its own, notes are nowhere', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const [police, dukcapil] = [await mall.counter('polres-1'), await mall.counter('dukcapil-1')]
    await police.open()
    await dukcapil.open()
    for (const label of ['P-001', 'P-002']) await desk.issue(label, 'hilang', { journeyId: 'ktp-hilang' })
    for (const label of ['K-01', 'K-02']) await desk.issue(label, 'kk')
    const [step, way] = await police.grants()
    const [cards, refused] = await dukcapil.grants()
    if (!step || !way || !cards || !refused) throw new Error('nothing was granted')
    for (const [grant, journeyId] of [
      [step, 'ktp-hilang'],
      [way, null],
    ] as const) {
      const { visitId } = grant
      police.recordCall(grant)
      police.recordServing(grant)
      const served = { ms: 1, estimated: false }
      const away = { visitId, entryNo: 1, toServiceId: 'ktp', toEntryNo: 2, journeyId, served, handsOver: null }
      police.record({ type: 'entry.forwarded', data: away })
    }
    await police.push()
    const end = { entryNo: 1, served: { ms: 1, estimated: false } }
    const delivered = [
      { serviceId: 'kk', quantity: 3 },
      { serviceId: 'ktp', quantity: 1 },
    ]
    dukcapil.recordCall(cards)
    dukcapil.recordServing(cards)
    const done = { ...end, visitId: cards.visitId, outcome: 'delivered', delivered } as const
    dukcapil.record({ type: 'entry.completed', data: done })
    const salt = 'abcdefghijklmnopqrstuv'
    const valueHash = personalTextHash(sha256, salt, 'RAHASIA')
    dukcapil.record({ type: 'entry.noted', data: { visitId: cards.visitId, entryNo: 1, noteNo: 1, valueHash } })
    dukcapil.recordCall(refused)
    dukcapil.recordServing(refused)
    dukcapil.record({ type: 'entry.completed', data: { ...end, visitId: refused.visitId, outcome: 'rejected' } })
    expect((await dukcapil.push()).findings).toEqual([])
    const notes = [{ visitId: cards.visitId, entryNo: 1, salt, value: 'RAHASIA' }]
    expect(await dukcapil.call('/v1/notes', { notes })).toMatchObject({ status: 200 })
    const out = join(mall.dataDir, 'log.csv')
    await runExport(['--date', '2026-11-16', '--out', out, '--data', mall.dataDir])

    const text = readFileSync(out, 'utf8')
    expect(text).not.toContain('RAHASIA')
    expect(parseCsv(text).map((row) => [row[6], row[8], ...row.slice(-3, -1)])).toEqual([
      ['nomor', 'antrean ke-', 'layanan diserahkan', 'jumlah layanan'],
      ['P-001', '1', 'Kehilangan (1)', '1'],
      ['P-002', '1', '', '0'],
      ['K-01', '1', 'Kartu Keluarga (3); KTP (1)', '4'],
      ['K-02', '1', '', '0'],
      ['P-001', '2', '', ''],
      ['P-002', '2', '', ''],
    ])
  })

  test('counts a step that another counter of its service ended once, where it ended', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const [one, two] = [await mall.counter('dukcapil-1'), await mall.counter('dukcapil-2')]
    await one.open()
    await desk.issue('D-001', 'ktp', { journeyId: 'ktp-hilang' })
    const [step] = await one.grants()
    if (!step) throw new Error('nothing was granted')
    await two.open()
    one.recordCall(step)
    one.recordServing(step)
    const to = { toServiceId: 'ktp', toCounterId: 'dukcapil-2', toEntryNo: 2, journeyId: 'ktp-hilang' }
    const served = { ms: 1, estimated: false }
    one.record({ type: 'entry.transferred', data: { visitId: step.visitId, entryNo: 1, ...to, served } })
    await one.push()
    const [again] = await two.grants()
    if (!again) throw new Error('the transfer was not granted')
    two.recordCall(again)
    two.recordServing(again)
    two.recordDone(again)
    expect((await two.push()).findings).toEqual([])
    const config = await latestConfig(mall.db, 'mal-uji')
    if (!config) throw new Error('no configuration')

    const rows = parseCsv(await dayLog(mall.db, config, '2026-11-16'))
    expect(rows.slice(1).map((row) => [row[6], row[8], ...row.slice(-3, -1)])).toEqual([
      ['D-001', '1', '', '0'],
      ['D-001', '2', 'KTP (1)', '1'],
    ])
  })

  test('of a day without visits is a header alone', async () => {
    const mall = await TestMall.start()
    const out = join(mall.dataDir, 'kosong.csv')
    await runExport(['--date', '2026-11-17', '--out', out, '--data', mall.dataDir])

    expect(parseCsv(readFileSync(out, 'utf8'))).toHaveLength(1)
  })

  test('never overwrites a file unless told to, and leaves no half file behind', async () => {
    const mall = await TestMall.start()
    const folder = join(mall.dataDir, 'laporan')
    mkdirSync(folder)
    const out = join(folder, 'log.csv')
    writeFileSync(out, 'lama')
    const args = ['--date', '2026-11-16', '--out', out, '--data', mall.dataDir]

    expect(await run('server/export-main.ts', args)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^FILE_EXISTS .*\n$/),
    })
    expect(readFileSync(out, 'utf8')).toBe('lama')
    await runExport([...args, '--force'])
    expect(readFileSync(out, 'utf8')).toContain('tanggal')
    expect(readdirSync(folder)).toEqual(['log.csv'])
  })

  test.each([
    ['a date that does not exist', ['--date', '2026-02-30', '--out', 'x.csv'], 'BAD_OPTION'],
    ['no date', ['--out', 'x.csv'], 'BAD_OPTION'],
    ['no file', ['--date', '2026-11-16'], 'BAD_OPTION'],
    ['an unknown option', ['--tanggal', '2026-11-16'], 'ERR_PARSE_ARGS_UNKNOWN_OPTION'],
    ['no server data', ['--date', '2026-11-16', '--out', 'x.csv', '--data', '/tidak/ada'], 'DATABASE_MISSING'],
  ])('%s is a clear error', async (_what, args, code) => {
    await expect(runExport(args)).rejects.toMatchObject({ code })
  })

  test('before the server ever stored a configuration is a clear error', async () => {
    const folder = tempFolder()
    await (await openStore(folder)).destroy()
    const args = ['--date', '2026-11-16', '--out', join(folder, 'x.csv'), '--data', folder]

    await expect(runExport(args)).rejects.toMatchObject({ code: 'CONFIG_MISSING' })
  })

  test('into a folder that is not there is a clear error', async () => {
    const mall = await TestMall.start()
    const out = join(mall.dataDir, 'tiada', 'log.csv')
    const exporting = runExport(['--date', '2026-11-16', '--out', out, '--data', mall.dataDir])

    await expect(exporting).rejects.toMatchObject({
      code: 'FILE_NOT_WRITTEN',
      message: expect.stringContaining('ENOENT'),
    })
  })
})
