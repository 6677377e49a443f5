/** Every question that the desk asks: one entry for each row of renderer/desk/dialogs.tsx. */
import type { DeskSnapshot } from '#contract/snapshot.ts'
import type { DialogName } from '#renderer/desk/acts.ts'
import { calledEntry, openCounter, servingEntry } from '#tests/renderer/sample-screens.ts'
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

export const QUESTIONS: Readonly<Record<DialogName, readonly ScreenState[]>> = {
  complete: [
    { name: 'outcome', topics: () => over(servingEntry(4)), act: byKey('F4') },
    {
      name: 'outcome with payment',
      pictures: ['id light', 'en dark'],
      topics: () => over(servingEntry(3, { serviceId: PAID_SERVICE })),
      async act(shown) {
        await byKey('F4')(shown)
        await shown.page.getByRole('textbox').fill('0a12')
        await shown.page.keyboard.press('Enter')
      },
    },
  ],
  forward: [
    { name: 'transfer', topics: () => over(servingEntry(4)), act: byKey('F6') },
    {
      name: 'next step',
      pictures: ['id light'],
      topics: () => over(servingEntry(4, { journeyId: 'ktp-hilang' })),
      act: byKey('F6'),
    },
  ],
  noShow: [
    {
      name: 'no show',
      pictures: ['id light'],
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
