/** Every question that the desk asks: one entry for each row of renderer/desk/dialogs.tsx. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { DialogName } from '#renderer/desk/acts.ts'
import { playCounter } from '#tests/renderer/fake-counter.ts'
import {
  asideRows,
  calledEntry,
  catalogue,
  catalogueAsking,
  cutOff,
  notesOn,
  openCounter,
  servingEntry,
} from '#tests/renderer/sample-screens.ts'
import type { Shown } from '#tests/renderer/screen-suite.ts'
import type { ScreenState } from '#tests/renderer/screens/state.ts'

/** SKCK costs something. */
const PAID_SERVICE = 'skck'

const over = (current: DeskSnapshot['current']) => ({ desk: openCounter({ current }) })

const byKey =
  (key: string) =>
  async ({ page }: Shown) => {
    await page.keyboard.press(key)
    await page.getByRole('dialog').waitFor()
  }

/** From the menu of everything else. */
const fromMore =
  (item: RegExp) =>
  async ({ page }: Shown) => {
    await page.keyboard.press('F10')
    await page.getByRole('menuitem', { name: item }).click()
    await page.getByRole('dialog').waitFor()
  }

/** One counter more for the first service, none for the second, two for the others. */
function takers(host: Shown['host']) {
  const { mayTake } = host.snapshot()
  const counters = [['13'], [], ['13', '14']]
  const services = mayTake.map((serviceId, index) => ({ serviceId, counterNames: counters[Math.min(index, 2)] }))
  host.answer('counter.takers', () => ({ ok: true, data: { services } }))
}

export const QUESTIONS: Readonly<Record<DialogName, readonly ScreenState[]>> = {
  complete: [
    { name: 'outcome', topics: () => over(servingEntry(4)), act: byKey('F4') },
    {
      name: 'outcome with payment',
      pictures: ['id light'],
      topics: () => over(servingEntry(3, { serviceId: PAID_SERVICE })),
      async act(shown) {
        await byKey('F4')(shown)
        await shown.page.getByRole('textbox').fill('0a12')
        await shown.page.keyboard.press('Enter')
      },
    },
    {
      name: 'what was delivered',
      pictures: ['id light'],
      topics: () => ({ ...over(servingEntry(3)), catalogue: catalogueAsking('surat-kehilangan') }),
      async act(shown) {
        await byKey('F4')(shown)
        const more = shown.page.getByLabel('Tambah layanan Kepolisian Resor')
        await more.selectOption({ label: 'Perpanjangan SIM A' })
      },
    },
  ],
  forward: [
    { name: 'transfer', topics: () => over(servingEntry(4)), act: byKey('F6') },
    {
      name: 'transfer to a counter',
      pictures: ['id light'],
      topics: () => over(servingEntry(4)),
      async act(shown) {
        const { page } = shown
        await byKey('F6')(shown)
        const counter = catalogue.counters.find(({ serviceIds }) => serviceIds.includes('ktp-el-hilang'))
        await page.getByRole('combobox').fill(`loket ${counter?.name} ktp hilang`)
        await page.getByRole('option').first().click()
        await page.getByLabel('Kembali ke loket ini').check()
      },
    },
    {
      name: 'next step',
      pictures: ['id light'],
      topics: () => over(servingEntry(4, { journeyId: 'ktp-hilang' })),
      act: byKey('F6'),
    },
  ],
  callTicket: [
    {
      name: 'called out of turn',
      pictures: ['id light'],
      topics: () => over(null),
      async act({ page }) {
        await page.locator('[data-row]').nth(2).click()
        await page.getByRole('menuitem', { name: 'Panggil nomor ini' }).click()
        await page.getByRole('dialog').waitFor()
      },
    },
  ],
  note: [
    {
      name: 'note with a NIK, and earlier ones',
      pictures: ['id light'],
      topics: () => {
        const current = servingEntry(4)
        const notes = notesOn(current, 'Datang dengan anaknya.', 'Berkas kurang satu lembar.')
        return { desk: openCounter({ current, notes }) }
      },
      async act(shown) {
        await byKey('Control+k')(shown)
        await shown.page.getByRole('textbox').fill('NIK 5171011205900001 cocok dengan kartu keluarga')
      },
    },
    {
      name: 'note that is empty',
      topics: () => over(servingEntry(4)),
      async act(shown) {
        await byKey('Control+k')(shown)
        await shown.page.keyboard.press('Control+Enter')
        await shown.page.getByText('Tulis catatannya dulu.').waitFor()
      },
    },
  ],
  pause: [
    {
      name: 'pause',
      pictures: ['id light'],
      topics: () => over(null),
      async act(shown) {
        await byKey('F12')(shown)
        await shown.page.getByLabel('Atau pukul').fill('siang')
        await shown.page.keyboard.press('Enter')
        await shown.page.getByText('Tulis jam yang masih akan datang').waitFor()
      },
    },
  ],
  services: [
    {
      name: 'services that are taken',
      pictures: ['id light'],
      topics: () => over(null),
      prepare: takers,
      async act(shown) {
        await fromMore(/Layanan Saya Sekarang/)(shown)
        await shown.page.getByRole('dialog').getByRole('checkbox').nth(1).uncheck()
        await shown.page.getByText('tidak ada yang melayaninya').waitFor()
      },
    },
  ],
  close: [
    {
      name: 'end of the day',
      pictures: ['id light'],
      topics: () => ({ desk: openCounter({ aside: asideRows() }) }),
      prepare: playCounter,
      async act(shown) {
        await fromMore(/Tutup Loket/)(shown)
        await shown.page.getByText('11 menit').waitFor()
      },
    },
    {
      name: 'end of the day while cut off',
      topics: () => ({ desk: openCounter({ connection: cutOff() }) }),
      prepare: playCounter,
      act: fromMore(/Tutup Loket/),
    },
  ],
  noShow: [
    {
      name: 'no show',
      topics: () => over(calledEntry({ calls: 3 })),
      act: byKey('F8'),
    },
  ],
  hold: [{ name: 'hold', topics: () => over(servingEntry(4)), act: byKey('F7') }],
  cancel: [{ name: 'cancel', topics: () => over(calledEntry()), act: fromMore(/Batalkan/) }],
  returnToQueue: [{ name: 'return to the queue', topics: () => over(calledEntry()), act: fromMore(/Kembalikan/) }],
  present: [
    {
      name: 'slip of another mall',
      topics: () => over(null),
      prepare: (host) => host.answer('queue.present', () => ({ ok: false, code: 'SLIP_FOREIGN' })),
      async act(shown) {
        const { page } = shown
        await byKey('F5')(shown)
        await page.getByRole('textbox').first().fill('P-013')
        await page.getByRole('textbox').last().fill('ABCDEF')
        await page.keyboard.press('Enter')
        await page.getByRole('alert').waitFor()
      },
    },
  ],
  issueHere: [{ name: 'number given at the desk', topics: () => over(null), act: fromMore(/Beri Nomor/) }],
  quickServe: [{ name: 'served without a number', topics: () => over(null), act: fromMore(/Tanpa Nomor/) }],
}
