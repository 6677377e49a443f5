import { describe, expect, test } from 'vitest'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { businessDate } from '#domain/business-date.ts'
import { dayFirst } from '#domain/calendar-date.ts'
import { playCounter } from '#tests/renderer/fake-counter.ts'
import { DONE } from '#tests/renderer/fake-host.ts'
import {
  calledEntry,
  catalogue,
  catalogueAsking,
  notesOn,
  openCounter,
  secondStepEntry,
  servingEntry,
} from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()
const NIK = '5171011205900001'

describe('notes', () => {
  test('are written and kept with the keyboard alone, and the focus goes back to the next step', async () => {
    const current = servingEntry(3)
    const { host, page } = await show({ desk: openCounter({ current }) })
    host.answer('queue.note', ({ text }) => {
      host.show('desk', { notes: notesOn(current, String(text)) })
      return DONE
    })
    await page.keyboard.press('Control+k')
    await page.getByLabel('Catatan baru').waitFor()
    await page.keyboard.type('Berkas kurang')
    await page.keyboard.press('Enter')
    await page.keyboard.type('satu lembar')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(host.received.at(-1)).toMatchObject({
      method: 'queue.note',
      input: { visitId: current.visitId, entryNo: 1, text: 'Berkas kurang\nsatu lembar' },
    })
    await page.getByText('Berkas kurang satu lembar').waitFor()
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Selesai'))
  })

  test('of ten thousand characters are refused where they are, and none of them is lost', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3) }) })
    await page.keyboard.press('Control+k')
    const field = page.getByLabel('Catatan baru')
    await field.fill('x'.repeat(10_000))
    await page.getByRole('button', { name: 'Simpan catatan' }).click()
    await page.getByText('Kelebihan 8.000 huruf').waitFor()
    expect(host.received).toEqual([])
    host.answer('queue.note', () => ({ ok: false, code: 'NOTE_TOO_LONG' }))
    await field.fill('cukup')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('alert').getByText('Catatan paling panjang 2.000 huruf.').waitFor()
    expect(await field.inputValue()).toBe('cukup')
    host.answer('queue.note', () => ({ ok: false, code: 'STORE_FULL' }))
    await page.keyboard.press('Control+Enter')
    await page.getByText(/penuh/i).first().waitFor()
    expect(await field.inputValue()).toBe('cukup')
  })

  test('with a NIK are remarked on before they are kept; an empty one is not sent', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3) }) })
    await page.keyboard.press('Control+k')
    await page.getByText('NIK selalu disamarkan').waitFor()
    await page.getByRole('button', { name: 'Simpan catatan' }).click()
    await page.getByText('Tulis catatannya dulu.').waitFor()
    await page.getByLabel('Catatan baru').fill(`NIK ${NIK}`)
    await page.getByText('Ada NIK di catatan ini.').waitFor()
    await page.getByLabel('Catatan baru').fill('tanpa nomor')
    await page.getByText('Ada NIK di catatan ini.').waitFor({ state: 'hidden' })
    expect(host.received).toEqual([])
  })

  test('about the visitor at the desk show the newest, and all of them one press away; those of others are not there', async () => {
    const current = servingEntry(3)
    const other = { visitId: crypto.randomUUID(), entryNo: 1 }
    const notes = [...notesOn(current, 'pertama', 'kedua'), ...notesOn(other, 'orang lain')]
    const { page } = await show({ desk: openCounter({ current, notes }) })
    await page.getByText('kedua').waitFor()
    expect(await page.getByText('pertama').count()).toBe(0)
    await page.getByRole('button', { name: 'Semua 2 catatan' }).click()
    const list = page.getByRole('list', { name: 'Catatan sebelumnya' })
    expect(await list.getByRole('listitem').count()).toBe(2)
    expect(await page.getByText('orang lain').count()).toBe(0)
  })

  test('are offered for whom was ended last and for whom was set aside', async () => {
    const row = { ...calledEntry(), label: 'P-099', since: Date.now(), isOfToday: true }
    const aside = { ...row, status: 'no_show', reason: null } as const
    const lastEnded = { visitId: crypto.randomUUID(), entryNo: 2, label: 'SK-012' }
    const { host, page } = await show({ desk: openCounter({ lastEnded, aside: [aside] }) })
    host.answer('queue.note', () => DONE)
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Catatan SK-012' }).waitFor()
    await page.keyboard.type('terakhir')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByRole('tab', { name: /Ditunda/ }).click()
    await page.getByRole('button', { name: 'Catatan P-099' }).click()
    await page.getByRole('dialog', { name: 'Catatan P-099' }).waitFor()
    await page.keyboard.type('absen')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(host.received.map(({ input }) => [input.visitId, input.text])).toEqual([
      [lastEnded.visitId, 'terakhir'],
      [aside.visitId, 'absen'],
    ])
  })

  test('that are half written outlive a locked screen, but not their officer, and are over once kept', async () => {
    const current = servingEntry(3)
    const { host, page } = await show({ desk: openCounter({ current }) })
    host.answer('queue.note', () => DONE)
    const field = page.getByLabel('Catatan baru')
    const reopen = async () => {
      await page.keyboard.press('Control+k')
      await field.waitFor()
    }
    const lockAndBack = async (change: Partial<DeskSnapshot>) => {
      host.show('desk', { locked: { since: Date.now() } })
      await page.getByRole('heading', { name: 'Layar terkunci' }).waitFor()
      host.show('desk', { locked: null, ...change })
      await page.getByRole('heading', { name: 'Layar terkunci' }).waitFor({ state: 'detached' })
      await reopen()
    }
    await reopen()
    await page.keyboard.type('belum selesai')
    await lockAndBack({})
    expect(await field.inputValue()).toBe('belum selesai')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await reopen()
    expect(await field.inputValue()).toBe('')
    await page.keyboard.type('hanya milik Sari')
    await lockAndBack({ officer: { id: 'made', name: 'I Made Suardana', roles: ['officer'] } })
    expect(await field.inputValue()).toBe('')
  })

  test('are not offered to whom they are none of the business', async () => {
    const { page } = await show({ desk: openCounter({ current: servingEntry(3), notes: null }) })
    await page.keyboard.press('Control+k')
    await page.keyboard.press('F10')
    await page.getByRole('menuitem').first().waitFor()
    expect(await page.getByRole('menuitem', { name: 'Tulis Catatan' }).count()).toBe(0)
    expect(await page.getByRole('dialog').count()).toBe(0)
  })
})

describe('what was delivered', () => {
  test('stays one key as long as it is the usual', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3) }) })
    playCounter(host)
    await page.keyboard.press('F4')
    await page.getByText('Diserahkan: Surat keterangan kehilangan, 1 kali.').waitFor()
    await page.keyboard.press('1')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(host.received.at(-1)?.input).toMatchObject({ outcome: 'delivered', delivered: null })
  })

  test('is said by number, with other services of the agency, and asks for the payment of what costs something', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3) }) })
    playCounter(host)
    await page.keyboard.press('F4')
    await page.getByRole('button', { name: 'Jumlah atau layanan lain' }).click()
    const own = page.getByLabel('Surat keterangan kehilangan')
    await own.fill('3')
    expect(await page.getByLabel('Nomor transaksi bank').count()).toBe(0)
    const more = page.getByLabel('Tambah layanan Kepolisian Resor')
    const offered = await more.locator('option').allTextContents()
    expect(offered).toContain('Perpanjangan SIM A')
    expect(offered.join()).not.toContain('KTP')
    await more.selectOption({ label: 'Perpanjangan SIM A' })
    await page.getByLabel('Nomor transaksi bank').fill('NTPN-123456')
    await page.getByRole('button', { name: 'Layanan diberikan' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(host.received.at(-1)?.input).toMatchObject({
      paymentReference: 'NTPN-123456',
      delivered: [
        { serviceId: 'surat-kehilangan', quantity: 3 },
        { serviceId: 'sim-a-perpanjangan', quantity: 1 },
      ],
    })
  })

  test('has to be said where the service asks for it: Enter alone is not enough, a number and Enter are', async () => {
    const { host, page } = await show({
      catalogue: catalogueAsking('surat-kehilangan'),
      desk: openCounter({ current: servingEntry(3) }),
    })
    playCounter(host)
    await page.keyboard.press('F4')
    await page.waitForFunction(() => document.activeElement?.matches('input[type=number]'))
    await page.keyboard.press('Enter')
    await page.getByText('Tulis jumlah sedikitnya satu layanan').waitFor()
    await page.keyboard.type('100')
    await page.keyboard.press('Enter')
    expect(host.received).toEqual([])
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(host.received.at(-1)?.input).toMatchObject({ delivered: [{ serviceId: 'surat-kehilangan', quantity: 10 }] })
  })

  test('is nobody’s question when the service was refused', async () => {
    const { host, page } = await show({
      catalogue: catalogueAsking('surat-kehilangan'),
      desk: openCounter({ current: servingEntry(3) }),
    })
    playCounter(host)
    await page.keyboard.press('F4')
    await page.getByRole('button', { name: 'Ditolak' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(host.received.at(-1)?.input).toMatchObject({ outcome: 'rejected', delivered: null })
  })
})

describe('a letter that is valid for some days', () => {
  const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
  const daysAgo = (days: number) => dayOf(Date.now() - days * 86_400_000)

  test('takes the day of its issue along, mostly today; without it the field is asked for', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3, { journeyId: 'ktp-hilang' }) }) })
    playCounter(host)
    await page.keyboard.press('F6')
    await page.getByLabel('Nomor surat keterangan kehilangan').fill('STPLK/1')
    const today = businessDate(Date.now(), catalogue.timeZone)
    expect(await page.getByLabel('Tanggal terbit').inputValue()).toBe(dayFirst(today))
    await page.getByLabel('Tanggal terbit').fill('')
    await page.getByLabel('Nomor surat keterangan kehilangan').press('Enter')
    await page.getByText('Isi tanggal terbitnya').waitFor()
    await page.waitForFunction(() => document.activeElement?.matches('input[inputmode=numeric]'))
    const issuedOn = daysAgo(3)
    await page.getByLabel('Tanggal terbit').fill(dayFirst(issuedOn).replaceAll('-', ''))
    await page.getByText(/berlaku sampai/).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(host.received.at(-1)?.input).toMatchObject({ handsOver: 'STPLK/1', handsOverDate: issuedOn })
  })

  test('has its date read day first, as it is written on the letter, and what is no date of a letter is refused in words', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3, { journeyId: 'ktp-hilang' }) }) })
    playCounter(host)
    await page.keyboard.press('F6')
    const letter = page.getByLabel('Nomor surat keterangan kehilangan')
    await letter.fill('STPLK/1')
    const field = page.getByLabel('Tanggal terbit')
    await field.focus()
    // What stood there is replaced by typing.
    await page.keyboard.type('31-02-2026')
    expect(await page.getByText('tidak ada di kalender').count()).toBe(0)
    await letter.focus()
    await page.getByText('tidak ada di kalender').waitFor()
    await field.fill(dayFirst(daysAgo(-2)))
    await page.getByText('belum tiba').waitFor()
    await field.press('Enter')
    expect(host.received.filter(({ method }) => method === 'queue.forward')).toEqual([])
    const issuedOn = daysAgo(2)
    const [year, month, day] = issuedOn.split('-')
    await field.fill(` ${day}/${month}/${year} `)
    await letter.focus()
    expect(await field.inputValue()).toBe(dayFirst(issuedOn))
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(host.received.at(-1)?.input).toMatchObject({ handsOver: 'STPLK/1', handsOverDate: issuedOn })
  })

  test('that is out of date is remarked on and goes all the same; without a letter nothing is asked', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3, { journeyId: 'ktp-hilang' }) }) })
    playCounter(host)
    await page.keyboard.press('F6')
    await page.getByLabel('Tanggal terbit').fill(dayFirst(daysAgo(20)))
    await page.getByText('Loket berikutnya mungkin tidak dapat menerimanya.').waitFor()
    await page.getByRole('button', { name: 'Alihkan sekarang' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(host.received.at(-1)?.input).toMatchObject({ handsOver: null, handsOverDate: null })
  })

  test('says at the next desk until when it is good, that it is over, or that nobody knows', async () => {
    const current = secondStepEntry()
    const [letter] = current.prerequisites
    if (!letter) throw new Error('nothing was handed over')
    const { host, page } = await show({ desk: openCounter({ current }) })
    await page.getByText('Berlaku sampai 4 Desember 2026').waitFor()
    const shown = (validity: typeof letter.validity) =>
      host.show('desk', { current: { ...current, prerequisites: [{ ...letter, validity }] } })
    shown({ issuedOn: '2026-11-01', until: '2026-11-15', isOver: true })
    await page.getByText('Masa berlaku habis 15 November 2026').waitFor()
    shown(null)
    await page.getByText('Tanggalnya tidak dicatat. Periksa di suratnya.').waitFor()
  })
})
