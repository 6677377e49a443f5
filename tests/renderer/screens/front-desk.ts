import type { Page } from 'playwright-core'
import type { FrontDeskView } from '#contract/snapshot.ts'
import {
  busyPanel,
  cutOff,
  frontDeskSnapshot,
  laptopShell,
  lastNumber,
  VISIT_ID,
  withFrontService,
} from '#tests/renderer/sample-screens.ts'
import { scan } from '#tests/renderer/scanner.ts'
import type { Shown } from '#tests/renderer/screen-suite.ts'
import type { Look, ScreenState } from '#tests/renderer/screens/state.ts'

type Last = NonNullable<FrontDeskView['last']>

const desk = () => ({ desk: frontDeskSnapshot() })
const slip = (state: NonNullable<Last['slip']>['state'], code: string | null = null) => ({
  slip: { jobId: '00000000-0000-4000-8000-000000000042', state, code },
})

async function choose(page: Page, words = 'kehilangan') {
  await page.getByRole('combobox').fill(words)
  await page.getByRole('option').first().click()
}

/** Just after a number was given; `act` follows. */
function given(
  name: string,
  last: Partial<Last>,
  { act, pictures = [] }: { act?: (shown: Shown) => Promise<unknown>; pictures?: readonly Look[] } = {},
): ScreenState {
  return {
    name,
    pictures,
    topics: desk,
    prepare: (host) =>
      host.answer('visit.issue', () => {
        host.show('desk', lastNumber(last))
        return { ok: true, data: { visitId: VISIT_ID, label: 'P-042' } }
      }),
    async act(shown) {
      const { page } = shown
      await choose(page)
      await page.keyboard.press('F4')
      await page.keyboard.press('F2')
      await page.getByText('P-042').first().waitFor()
      await act?.(shown)
    },
  }
}

export const frontDesk: readonly ScreenState[] = [
  { name: 'nothing chosen', pictures: ['id light'], topics: () => ({ desk: frontDeskSnapshot(lastNumber()) }) },
  {
    name: 'service chosen',
    pictures: ['id light', 'en dark wide'],
    topics: desk,
    act: ({ page }) => choose(page),
  },
  {
    name: 'service chosen in the laptop',
    topics: () => ({ ...desk(), shell: laptopShell, panel: busyPanel }),
    act: ({ page }) => choose(page),
  },
  {
    name: 'something is missing',
    pictures: ['id light'],
    topics: desk,
    async act({ page }) {
      await choose(page, 'SKCK')
      await page
        .getByRole('group', { name: /Persyaratan/ })
        .getByRole('checkbox')
        .first()
        .check()
      await page.keyboard.press('F2')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'few numbers left while cut off',
    pictures: ['id light'],
    topics: () => {
      const left = withFrontService('skck', { wait: null, quotaLeft: null, numbersLeft: 2 })
      return { desk: frontDeskSnapshot({ connection: cutOff(), ...left }) }
    },
    act: ({ page }) => choose(page, 'SKCK'),
  },
  {
    name: 'quota that is used up',
    pictures: ['id light'],
    topics: () => ({ desk: frontDeskSnapshot(withFrontService('skck', { quotaLeft: 0 })) }),
    prepare: (host) =>
      host.answer('visit.issue', () => ({
        ok: false,
        code: 'QUOTA_REACHED',
        detail: { tomorrow: Date.now() + 86_400_000 },
      })),
    async act({ page }) {
      await choose(page, 'SKCK')
      await page.keyboard.press('F4')
      await page.keyboard.press('F2')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'booking that is found',
    pictures: ['id light'],
    topics: desk,
    prepare: (host) =>
      host.answer('appointment.find', () => ({
        ok: true,
        data: { code: 'MPP-0042', serviceId: 'skck', at: Date.now() + 900_000 },
      })),
    async act({ page }) {
      await page.getByLabel('Kode janji temu').fill('MPP-0042')
      await page.keyboard.press('Enter')
      await page.getByText(/Janji temu pukul/).waitFor()
    },
  },
  {
    name: 'booking that nobody knows',
    pictures: ['id light'],
    topics: desk,
    prepare: (host) => host.answer('appointment.find', () => ({ ok: false, code: 'APPOINTMENT_UNKNOWN' })),
    async act({ page }) {
      await page.getByLabel('Kode janji temu').fill('MPP-0042')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'booking scanned over an open form',
    pictures: ['id light'],
    topics: () => ({ ...desk(), shell: laptopShell, panel: busyPanel }),
    async act({ page }) {
      await choose(page, 'SKCK')
      await scan(page, 'M-0043')
      await page.getByText(/M-0043 dipindai/).waitFor()
    },
  },
  given('number given', slip('handed_over'), { pictures: ['id light'] }),
  given('slip that nobody knows about', slip('unknown', 'PRINT_UNCERTAIN'), { pictures: ['id light'] }),
  given('slip that failed', slip('failed', 'PRINTER_UNREACHABLE'), {
    pictures: ['en light'],
    async act({ page }) {
      await page.keyboard.press('F8')
      await page.getByRole('dialog').waitFor()
    },
  }),
  given('slip that waits for paper', slip('waiting', 'PRINTER_PAPER_OUT')),
  given('number called', { state: 'called', counterName: '7' }),
  given('number being taken back', { state: 'cancelling' }),
  given('number taken back', { state: 'cancelled' }, { pictures: ['id light'] }),
  {
    name: 'nothing found',
    topics: desk,
    act: ({ page }) => page.getByRole('combobox').fill('kereta api'),
  },
  {
    name: 'officer without the role',
    topics: () => ({ desk: frontDeskSnapshot({ officer: { id: 'o', name: 'Sari', roles: ['officer'] } }) }),
  },
]
