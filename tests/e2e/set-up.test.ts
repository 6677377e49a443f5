/** The technician's hour as people see it: npm start in a browser, a real cable, and a printer in the network. */
import type { Browser } from 'playwright-core'
import { SerialPort } from 'serialport'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createDisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { createNetworkPrinter } from '#tests/devices/network-printer.ts'
import { createPtyCable } from '#tests/devices/pty-cable.ts'
import { signIn } from '#tests/e2e/desk-pages.ts'
import { launchChromium } from '#tests/renderer/browser.ts'
import { launch } from '#tests/shell/fakes/launcher.ts'
import { hasPeers } from '#tests/support/peers.ts'

const ADDRESS = /(http:\/\/127\.0\.0\.1:\d+)\/\?token=[\w-]+/

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

async function displayAtCable() {
  const cable = createPtyCable()
  await cable.plugIn()
  const far = new SerialPort({ path: cable.far, baudRate: 9600 })
  const reader = createDisplayReader('cd5220', {})
  far.on('data', (bytes: Buffer) => reader.feed(bytes))
  await new Promise((resolve) => far.once('open', resolve))
  onTestFinished(async () => {
    await new Promise((resolve) => (far.isOpen ? far.close(resolve) : resolve(null)))
    await cable.remove()
  })
  return { path: cable.near, shown: () => reader.shown() }
}

const LONG = { timeout: 90_000 }

test.skipIf(!hasPeers('socat'))(
  'a technician wires a display and a printer, tries both, saves, and the counter opens on them',
  LONG,
  async () => {
    const { printed } = launch(['--browser'])
    const [url = ''] = await printed(ADDRESS)
    const display = await displayAtCable()
    const printer = await createNetworkPrinter()
    onTestFinished(() => printer.close())
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    await page.goto(url)

    await signIn(page, 'teknisi')
    await page.getByRole('radio', { name: 'Port lain, ditulis sendiri' }).check()
    await page.getByLabel('Nama port').fill(display.path)
    await page.getByLabel('Nomor uji').fill('B-007')
    await page.getByRole('button', { name: 'Kirim ke layar' }).click()
    await page.getByText('Terkirim ke layar.').waitFor()
    await expect.poll(display.shown).toContain('B-007')

    const sections = page.getByRole('navigation', { name: 'Bagian setelan' })
    await sections.getByRole('button', { name: 'Pencetak' }).click()
    await page.getByRole('radio', { name: /Lewat jaringan/ }).check()
    await page.getByLabel('Alamat IP').fill('127.0.0.1')
    await page.getByLabel('Nomor port').fill(String(printer.port))
    await page.getByRole('button', { name: 'Cetak uji' }).click()
    await expect.poll(() => printer.sheets.some((sheet) => sheet.printed.length > 100), { timeout: 15_000 }).toBe(true)
    await page.getByRole('button', { name: 'Simpan', exact: true }).click()
    await page.getByText('Tersimpan dan berlaku').waitFor()
    await expect.poll(display.shown, { timeout: 15_000 }).toContain('TUTUP')

    await page.getByRole('button', { name: 'Keluar' }).click()
    await signIn(page, 'petugas-polres-1')
    await page
      .getByRole('button', { name: /Buka Loket/ })
      .first()
      .waitFor()
    await page.keyboard.press('F9')
    await expect.poll(display.shown).toContain('SELAMAT DATANG')
    expect(await page.getByText('tidak ditemukan').count()).toBe(0)
  },
)
