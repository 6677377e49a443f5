import { playDevices } from '#tests/renderer/fake-devices.ts'
import { counterSnapshot } from '#tests/renderer/sample-screens.ts'
import type { ScreenState } from '#tests/renderer/screens/state.ts'

const topics = () => ({ desk: counterSnapshot({ device: null, place: null }) })

export const setUp: readonly ScreenState[] = [
  { name: 'new PC', pictures: ['id light'], topics },
  {
    name: 'code that the server refuses',
    topics,
    prepare: (host) => host.answer('setup.enrol', () => ({ ok: false, code: 'ENROLMENT_CODE_INVALID' })),
    async act({ page }) {
      await page.getByLabel('Alamat server mal').fill('https://10.0.0.5:8443')
      await page.getByLabel('Kode pendaftaran').fill('k7qm-2xra 5tbn qw3e 7yhc m4ld')
      await page.getByLabel('Nama PC ini').fill('PC 3')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'nothing typed',
    topics,
    act: ({ page }) => page.getByRole('button', { name: 'Hubungkan' }).click(),
  },
  {
    name: 'devices of a new PC',
    topics,
    prepare: (host) => void playDevices(host),
    async act({ page }) {
      await page.locator('main button').last().click()
      await page.getByRole('navigation').waitFor()
    },
  },
]
