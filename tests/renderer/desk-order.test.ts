/** Out of turn, to another place in line, and why this one: what the officer sees and what the host is told. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { searchDestinations } from '#renderer/desk/destinations.ts'
import { playCounter } from '#tests/renderer/fake-counter.ts'
import {
  calledEntry,
  catalogue,
  openCounter,
  plainWhy,
  servingEntry,
  waitingRows,
} from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()
const button = (page: Page, name: RegExp) => page.getByRole('button', { name })
const focusIn = (page: Page, words: string) =>
  page.waitForFunction((text) => document.activeElement?.textContent?.includes(text), words)

describe('a number called out of turn', () => {
  const rows = waitingRows(6)
  const third = rows[2]?.label ?? ''

  test('is chosen in its row’s menu and asked for its reason, by keyboard alone', async () => {
    const { host, page } = await show({ desk: openCounter({ waiting: rows }) })
    host.answer('queue.callTicket', () => ({ ok: true, data: {} }))
    await button(page, new RegExp(`Tindakan untuk ${third}`)).focus()
    await page.keyboard.press('Enter')
    await focusIn(page, 'Panggil nomor ini')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: `Panggil ${third} di luar urutan` }).waitFor()
    await focusIn(page, 'Permintaan pengunjung')
    await page.keyboard.press('2')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(host.received).toMatchObject([
      { method: 'queue.callTicket', input: { visitId: rows[2]?.visitId, entryNo: 1, reason: 'companion' } },
    ])
  })

  test('is not offered for the one that is next anyway, nor while somebody is at the desk', async () => {
    const { host, page } = await show({ desk: openCounter({ waiting: rows }) })
    await button(page, new RegExp(`Tindakan untuk ${rows[0]?.label}`)).click()
    await page.getByRole('menuitem').first().waitFor()
    expect(await page.getByRole('menuitem', { name: 'Panggil nomor ini' }).count()).toBe(0)
    await page.keyboard.press('Escape')
    host.show('desk', { current: calledEntry() })
    await button(page, /Mulai Layani/).waitFor()
    expect(await page.getByRole('menuitem', { name: 'Panggil nomor ini' }).count()).toBe(0)
  })

  test('that another counter has taken meanwhile is answered with a sentence that says where it is', async () => {
    const { host, page } = await show({ desk: openCounter({ waiting: rows }) })
    host.answer('queue.callTicket', () => ({ ok: false, code: 'TICKET_TAKEN', detail: { counter: '12' } }))
    await button(page, new RegExp(`Tindakan untuk ${third}`)).click()
    await page.getByRole('menuitem', { name: 'Panggil nomor ini' }).click()
    await button(page, /Keadaan mendesak/).click()
    await page.getByText('Nomor itu baru saja dipanggil loket lain.').waitFor()
    await page.getByText('Nomor itu di Loket 12. Pilih nomor lain dari daftar.').waitFor()
  })

  test('that leaves the list while it is asked about takes its question along', async () => {
    const { host, page } = await show({ desk: openCounter({ waiting: rows }) })
    await button(page, new RegExp(`Tindakan untuk ${third}`)).click()
    await page.getByRole('menuitem', { name: 'Panggil nomor ini' }).click()
    await page.getByRole('dialog').waitFor()
    host.show('desk', { waiting: rows.filter(({ label }) => label !== third) })
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(host.received).toEqual([])
  })
})

describe('a transfer', () => {
  const counter = catalogue.counters.find(({ serviceIds }) => serviceIds.includes('ktp-el-hilang'))

  test('goes to a counter by its name, at a place in line, and back', async () => {
    const { host, page } = await show({ desk: openCounter({ current: servingEntry(3) }) })
    playCounter(host)
    await page.keyboard.press('F6')
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox')
    await page.keyboard.type(`loket ${counter?.name} ktp hilang`)
    await page
      .getByRole('option', { name: new RegExp(`Loket ${counter?.name} · `) })
      .first()
      .waitFor()
    await page.keyboard.press('Enter')
    await focusIn(page, `Alihkan ke Loket ${counter?.name}`)
    await page.getByText('Persyaratan').waitFor()
    await page.getByLabel('Paling depan').check()
    await page.getByLabel('Kembali ke loket ini setelah selesai').check()
    await button(page, /Alihkan ke Loket/).click()
    await button(page, /Panggil Berikutnya/).waitFor()
    expect(host.received.at(-1)).toMatchObject({
      method: 'queue.transfer',
      input: { toServiceId: 'ktp-el-hilang', toCounterId: counter?.id, place: 'front', returns: true },
    })
  })

  test('can be pointed somewhere else before it is sent', async () => {
    const { page } = await show({ desk: openCounter({ current: servingEntry(3) }) })
    await page.keyboard.press('F6')
    await page.keyboard.type('ktp hilang')
    await page.keyboard.press('Enter')
    await button(page, /Ganti tujuan/).click()
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox')
  })

  test('of a visitor who goes back to another counter says so, and offers no second way back', async () => {
    const { page } = await show({ desk: openCounter({ current: servingEntry(3, { returnsTo: '7' }) }) })
    await page.getByText('Setelah selesai kembali ke Loket 7.').waitFor()
    await page.keyboard.press('F6')
    await page.keyboard.type('ktp hilang')
    await page.keyboard.press('Enter')
    await button(page, /Alihkan ke/)
      .last()
      .waitFor()
    expect(await page.getByLabel('Kembali ke loket ini setelah selesai').count()).toBe(0)
  })
})

describe('destinations', () => {
  const here = { serviceId: 'surat-kehilangan', counterId: 'polres-1' }

  test('are services until a counter is named, and never where the visitor is', () => {
    const all = searchDestinations(catalogue, here, '')
    expect(all.every(({ counter }) => counter === null)).toBe(true)
    expect(all.map(({ service }) => service.id)).not.toContain('surat-kehilangan')
    const own = catalogue.counters.find(({ id }) => id === 'polres-1')?.name ?? ''
    expect(searchDestinations(catalogue, here, `loket ${own}`).map(({ counter }) => counter?.id)).not.toContain(
      'polres-1',
    )
  })

  test('of a named counter are the services it offers, also the visitor’s own at another counter', () => {
    const other = catalogue.counters.find(({ id }) => id === 'polres-2')
    const found = searchDestinations(catalogue, here, `loket ${other?.name}`).filter(({ counter }) => counter)
    expect(found.map(({ service }) => service.id).toSorted()).toEqual(other?.serviceIds.toSorted())
  })
})

describe('why this one', () => {
  test.each([
    [{}, 'Menunggu paling lama di kelompoknya.'],
    [
      { turn: 'priority_turn' as const },
      'Giliran prioritas: setiap 2 reguler, satu prioritas. Menunggu paling lama di kelompoknya.',
    ],
    [{ turn: 'aged' as const }, 'Reguler ini sudah menunggu 30 menit lebih lama daripada yang prioritas.'],
    [{ place: 'returned' as const }, 'Kembali dari loket lain, jadi didahulukan.'],
    [{ outOfOrder: 'urgent' as const }, 'Dipanggil di luar urutan: Keadaan mendesak.'],
  ])('%o is a sentence under the number', async (over, words) => {
    const { page } = await show({ desk: openCounter({ current: calledEntry({ why: { ...plainWhy, ...over } }) }) })
    await page.getByText(words).waitFor()
  })

  test('stands under the next number, with the appointment in the mall’s time', async () => {
    const appointmentAt = Date.parse('2026-11-16T02:30:00Z')
    const whyNext = { ...plainWhy, place: 'appointment' as const, appointmentAt }
    const [first, ...rest] = waitingRows(6)
    if (!first) throw new Error('nobody waits')
    const waiting = [{ ...first, place: 'appointment' as const, appointmentAt }, ...rest]
    const { page } = await show({ desk: openCounter({ waiting, whyNext }) })
    await page.getByText('Punya janji temu pukul 10.30.').waitFor()
    await page.getByText('Janji 10.30', { exact: true }).waitFor()
  })
})
