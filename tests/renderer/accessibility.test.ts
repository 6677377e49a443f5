import type { Page } from 'playwright-core'
import { test } from 'vitest'
import type { ShellInfo } from '#contract/messages.ts'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { expectAccessible } from '#tests/renderer/expect-accessible.ts'
import {
  busyPanel,
  calledEntry,
  counterSnapshot,
  frontDeskSnapshot,
  laptopShell,
  lastNumber,
  openCounter,
  running,
  secondStepEntry,
  servingEntry,
  waitingRows,
} from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()

type Case = { name: string; desk: DeskSnapshot; shell?: ShellInfo; act?: (page: Page) => Promise<void> }

const led = { state: 'failed' as const, code: 'LED_SILENT', detail: 'COM3', where: 'COM3 (FTDI)' }
const attention = { jobId: 'j', label: 'P-012', document: 'receipt' as const, state: 'unknown' as const, code: null }
const failed = { state: 'failed' as const, code: 'STORE_IN_USE', logPath: '/log', attempt: 1, retryInMs: 60_000 }

const CASES: Case[] = [
  { name: 'sign-in in the laptop', desk: counterSnapshot(), shell: laptopShell },
  { name: 'PIN', desk: counterSnapshot(), act: (page) => page.getByRole('button', { name: 'Sari' }).click() },
  { name: 'set-up', desk: counterSnapshot({ device: null, place: null }) },
  { name: 'closed counter', desk: openCounter({ open: false }) },
  { name: 'called number with forty waiting', desk: openCounter({ current: calledEntry(), waiting: waitingRows(40) }) },
  {
    name: 'second step with everything wrong',
    desk: openCounter({ current: secondStepEntry(), led, printAttention: [attention], storeProblem: 'STORE_FULL' }),
  },
  { name: 'beyond the standard', desk: openCounter({ current: servingEntry(40) }) },
  { name: 'outcome', desk: openCounter({ current: servingEntry(4) }), act: (page) => page.keyboard.press('F4') },
  { name: 'transfer', desk: openCounter({ current: servingEntry(4) }), act: (page) => page.keyboard.press('F6') },
  {
    name: 'front desk',
    desk: frontDeskSnapshot(),
    shell: laptopShell,
    act: (page) => page.getByRole('option').first().click(),
  },
  {
    name: 'missing requirements',
    desk: frontDeskSnapshot(),
    act: async (page) => {
      await page.getByLabel('Cari layanan').fill('SKCK')
      await page.keyboard.press('Enter')
      await page.keyboard.press('F2')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'slip in doubt',
    desk: frontDeskSnapshot(lastNumber({ slip: { jobId: 'j', state: 'unknown', code: 'PRINTER_CUT_OFF' } })),
    act: (page) => page.getByRole('button', { name: /Lihat nomor terakhir/ }).click(),
  },
  {
    name: 'number taken back',
    desk: frontDeskSnapshot(lastNumber()),
    act: async (page) => {
      await page.getByRole('button', { name: /Lihat nomor terakhir/ }).click()
      await page.keyboard.press('F8')
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'engine failure', desk: openCounter(), shell: { host: failed, laptop: null } },
]

test.each(CASES)('$name meets WCAG 2.2 AA in light and dark, and is whole at 200 % zoom', async (shown) => {
  const { desk, shell = running, act } = shown
  const { page } = await show({ desk, shell, panel: busyPanel }, { colorScheme: 'light', reducedMotion: 'reduce' })
  await act?.(page)
  await expectAccessible(page)
})
