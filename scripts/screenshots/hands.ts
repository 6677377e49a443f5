/** What people do at the screens in the pictures, and the camera. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { ROOT } from '#scripts/root.ts'
import type { Visitor } from '#scripts/screenshots/visitors.ts'

const PICTURES = join(ROOT, 'docs/gambar')

type Officer = { id: string; name: string; pin: string }

async function officerOf(officerId: string): Promise<Officer> {
  const { officers } = JSON.parse(await readFile(join(ROOT, 'config/contoh-mpp.json'), 'utf8')) as {
    officers: Officer[]
  }
  const officer = officers.find(({ id }) => id === officerId)
  if (!officer) throw new Error(`${officerId} is not in the sample mall`)
  return officer
}

export async function pinOf(officerId: string): Promise<string> {
  return (await officerOf(officerId)).pin
}

export async function signIn(page: Page, officerId: string): Promise<void> {
  const { name, pin } = await officerOf(officerId)
  await page.getByRole('button', { name: new RegExp(name) }).click()
  await page.getByLabel('PIN 6 angka').fill(pin)
}

/** A function key counts once the screen shows its act and no other one is under way. */
export async function press(page: Page, key: string, act: string): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(act) })
    .first()
    .waitFor()
  await page.waitForFunction(`!document.querySelector('main [aria-disabled]')`)
  await page.keyboard.press(key)
}

export async function choose(front: Page, { service, priority = 'Umum', journey }: Omit<Visitor, 'minutesUntilNext'>) {
  await front.getByRole('combobox').fill(service)
  await front.getByRole('combobox').press('Enter')
  await front.getByText(priority, { exact: true }).click()
  if (journey) await front.getByText(journey).click()
  await front.keyboard.press('F4')
}

export async function issue(front: Page, visitor: Visitor): Promise<void> {
  await choose(front, visitor)
  await front.keyboard.press('F2')
  await front.getByRole('button', { name: 'Pengunjung berikutnya' }).click()
}

export async function take(page: Page, name: string): Promise<void> {
  await page.bringToFront()
  // Screens and badges have settled.
  await pause(700)
  await page.screenshot({ path: join(PICTURES, name) })
  console.log(`docs/gambar/${name}`)
}

/** The question on the screen, taken and then left. */
export async function takeQuestion(page: Page, name: string): Promise<void> {
  await page.getByRole('dialog').waitFor()
  await take(page, name)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}
