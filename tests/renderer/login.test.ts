import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { playCounter } from '#tests/renderer/fake-counter.ts'
import { catalogue, counterSnapshot, laptopShell, POLICE_OFFICER } from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()
const pinField = { name: 'PIN 6 angka' }

/** By keyboard: the first name has the focus as soon as the list is there. */
async function chooseFirstOfficer(page: Page) {
  await page.getByText('Siapa yang bertugas?').waitFor()
  await page.keyboard.press('Enter')
}

test('a wrong PIN is named, the field is empty again and keeps the focus', async () => {
  const { host, page } = await show()
  playCounter(host)
  await chooseFirstOfficer(page)
  await page.keyboard.type('111111')
  await page.getByRole('alert').getByText('PIN salah.').waitFor()
  await page.getByText('Kode: WRONG_PIN').waitFor()
  const field = page.getByLabel(pinField.name)
  expect(await field.inputValue()).toBe('')
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
})

test('a locked PIN counts the seconds down and takes no digit until then', async () => {
  const { host, page } = await show()
  host.answer('session.signIn', () => ({ ok: false, code: 'PIN_LOCKED', detail: { seconds: 3 } }))
  await chooseFirstOfficer(page)
  await page.keyboard.type('111111')
  await page.getByText(/Coba lagi dalam [23] detik\./).waitFor()
  await page.keyboard.type('222222')
  await page.getByText('Coba lagi dalam 1 detik.').waitFor()
  await page.getByText('Coba lagi dalam').waitFor({ state: 'detached' })
  expect(host.received.filter(({ method }) => method === 'session.signIn')).toHaveLength(1)
  await page.keyboard.type('2')
  expect(await page.getByLabel(pinField.name).inputValue()).toBe('2')
})

test('the on-screen pad types the PIN, too', async () => {
  const { host, page } = await show()
  playCounter(host)
  await page.getByRole('button', { name: POLICE_OFFICER.name }).click()
  for (const digit of POLICE_OFFICER.pin) await page.getByRole('button', { name: digit, exact: true }).click()
  await page.getByRole('button', { name: /Buka Loket/ }).waitFor()
})

test('whether paper came out is asked once somebody is signed in who can answer', async () => {
  const job = { label: 'P-012', document: 'slip' as const, code: null }
  const printAttention = [
    { ...job, jobId: randomUUID(), state: 'unknown' as const },
    { ...job, jobId: randomUUID(), state: 'queued' as const },
  ]
  const { host, page } = await show({ desk: counterSnapshot({ printAttention }) })
  playCounter(host)
  const question = page.getByText('Apakah struk P-012 keluar?')
  await page.getByText(/menunggu pencetak/).waitFor()
  expect(await question.count()).toBe(0)
  await chooseFirstOfficer(page)
  await page.keyboard.type(POLICE_OFFICER.pin)
  await question.waitFor()
})

test('many officers are searched by name', async () => {
  const officers = Array.from({ length: 30 }, (_, n) => ({
    id: `o${n}`,
    name: `Petugas Nomor ${n}`,
    roles: ['officer' as const],
  }))
  const { page } = await show({ catalogue: { ...catalogue, officers: [...officers, ...catalogue.officers] } })
  await page.getByLabel('Cari nama petugas').fill('sari')
  expect(await page.locator('main li').count()).toBe(1)
  await page.getByRole('button', { name: POLICE_OFFICER.name }).waitFor()
})

test('a sample PIN shows in the mall in one laptop and never at a real workstation', async () => {
  const laptop = await show({ shell: laptopShell })
  await laptop.page.getByRole('button', { name: POLICE_OFFICER.name }).click()
  await laptop.page.getByText(`PIN contoh: ${POLICE_OFFICER.pin}`).waitFor()

  const workstation = await show()
  await workstation.page.getByRole('button', { name: POLICE_OFFICER.name }).click()
  await workstation.page.getByLabel(pinField.name).waitFor()
  expect(await workstation.page.getByText('PIN contoh').count()).toBe(0)
})

test('set-up checks what was typed before it asks the server, and explains the server’s refusal', async () => {
  const { host, page } = await show({ desk: counterSnapshot({ device: null, place: null }) })
  host.answer('setup.enrol', () => ({ ok: false, code: 'ENROLMENT_CODE_INVALID' }))
  const connect = page.getByRole('button', { name: 'Hubungkan' })
  await connect.click()
  await page.getByText('Tulis alamat lengkap').waitFor()
  await page.getByText('Kode terdiri dari 24 atau 8').waitFor()
  expect(host.received).toEqual([])
  await page.getByLabel('Alamat server mal').fill('https://10.0.0.5:8443')
  await page.getByLabel('Kode pendaftaran').fill('k7qm-2xra 5tbn qw3e 7yhc m4ld')
  await page.getByLabel('Nama PC ini').fill('PC Loket 3')
  await connect.click()
  await page.getByText('Minta kode baru di server mal.').waitFor()
  expect(host.received.map(({ method }) => method)).toEqual(['setup.enrol'])
})

test('a slip scanned while a PIN is asked for is no PIN', async () => {
  const { host, page } = await show()
  playCounter(host)
  await chooseFirstOfficer(page)
  const field = page.getByLabel(pinField.name)
  await field.waitFor()
  await page.keyboard.type(
    'LOKET2;0b5c1d0e-0f3a-8f5e-8c53-6a1b6f4f0a01;1;P-013;skck;2026-11-21;1795222800000;-;k-1;ABCDEFGH',
  )
  await page.keyboard.press('Enter')
  expect(await field.inputValue()).toBe('')
  expect(host.received.filter(({ method }) => method === 'session.signIn')).toEqual([])
  await page.keyboard.type('2')
  expect(await field.inputValue()).toBe('2')
})
