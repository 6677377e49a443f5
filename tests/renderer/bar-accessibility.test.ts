/** Every state of the compact bar: WCAG 2.2 AA in light, dark and high contrast, in both languages, and nothing cut off. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { ShellInfo } from '#contract/messages.ts'
import { DEFAULT_SHORTCUTS, type Shortcuts } from '#contract/shortcuts.ts'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import {
  calledEntry,
  counterSnapshot,
  openCounter,
  running,
  servingEntry,
  waitingRows,
} from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'

const show = screenSuite()

type Case = { name: string; desk: DeskSnapshot; shell?: ShellInfo; key?: string; shortcuts?: Shortcuts }

const led = { state: 'failed' as const, code: 'LED_SILENT', detail: 'COM3', where: 'COM3 (FTDI)' }
const connection = {
  state: 'offline' as const,
  since: Date.now() - 600_000,
  unsent: 117,
  reason: 'UNREACHABLE' as const,
}
const restarting = { state: 'restarting' as const, attempt: 1, retryInMs: 100 }
const failed = { state: 'failed' as const, code: 'STORE_IN_USE', logPath: '/log', attempt: 1, retryInMs: 60_000 }
/** The longest that there is: a long label, priority, called often, many waiting, hours. */
const called = calledEntry({ label: '4K-0123', calls: 12, priority: 'elderly' })
const overdue = servingEntry(140, { label: '4K-0123', priority: 'elderly' })
const waiting = waitingRows(140)
const pause = { reason: 'prayer' as const, since: Date.now() - 600_000, backAt: null, scheduled: true }

const CASES: Case[] = [
  { name: 'nobody signed in', desk: counterSnapshot() },
  { name: 'closed', desk: openCounter({ open: false }) },
  { name: 'paused beyond the time', desk: openCounter({ pause: { ...pause, backAt: Date.now() - 60_000 } }) },
  { name: 'locked', desk: openCounter({ current: overdue, locked: { since: Date.now() } }) },
  { name: 'idle', desk: openCounter({ waiting: [] }) },
  { name: 'waiting', desk: openCounter({ waiting }) },
  { name: 'called', desk: openCounter({ current: called, waiting }) },
  { name: 'beyond the standard', desk: openCounter({ current: overdue, waiting, led }) },
  { name: 'offline', desk: openCounter({ current: overdue, waiting, connection }) },
  {
    name: 'offline without a hand',
    desk: openCounter({ waiting: waiting.map((row) => ({ ...row, mine: false })), connection }),
  },
  { name: 'engine restarting', desk: openCounter({ current: overdue }), shell: { host: restarting, laptop: null } },
  { name: 'engine failed', desk: openCounter(), shell: { host: failed, laptop: null } },
  { name: 'outcome', desk: openCounter({ current: servingEntry(4) }), key: 'F4' },
  { name: 'absent', desk: openCounter({ current: called, waiting }), key: 'F8' },
  {
    name: 'refused',
    desk: openCounter(),
    key: 'F2',
    shortcuts: { ...DEFAULT_SHORTCUTS, refused: ['callAgain', 'noShow'] },
  },
]

const NARROWEST = { width: 560, height: 72 }

/** Each is loaded anew: a person does not change these while the bar stands there. */
const LOOKS = [
  { locale: 'id', media: { colorScheme: 'light' } },
  { locale: 'id', media: { colorScheme: 'dark' } },
  { locale: 'en', media: { colorScheme: 'light', forcedColors: 'active' } },
] as const

test.each(CASES)('the bar in the state "$name" is accessible and whole', async ({ desk, shell, key, shortcuts }) => {
  const { page } = await show(
    { desk, shell: shell ?? running, shortcuts: shortcuts ?? null },
    { viewport: NARROWEST, reducedMotion: 'reduce' },
    { query: '&view=bar' },
  )
  for (const { locale, media } of LOOKS) {
    await page.evaluate((language) => localStorage.setItem('loket.locale', JSON.stringify(language)), locale)
    await page.emulateMedia(media)
    await page.reload()
    await page.locator('main button').first().waitFor()
    if (key) {
      await page.keyboard.press(key)
      await page.locator('fieldset, [role="alert"]').first().waitFor()
    }
    expect([locale, media, await violations(page)]).toEqual([locale, media, []])
    await expectWhole(page)
  }
})

async function violations(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })))
}

/** Nothing beyond the window's width, no two things over each other, and what matters most is not shortened. */
async function expectWhole(page: Page) {
  const faults = await page.evaluate(() => {
    const parts = [...document.querySelectorAll('main > div:first-of-type > *')].map((part) =>
      part.getBoundingClientRect(),
    )
    const overlaps = parts.filter((part, index) => index > 0 && part.left < (parts[index - 1]?.right ?? 0) - 1)
    const beyond = [...document.querySelectorAll('main *')].filter(
      (part) => part.getBoundingClientRect().right > innerWidth + 1,
    )
    const cut = [...document.querySelectorAll('[role="timer"], main button')].filter(
      (part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0,
    )
    return {
      overlaps: overlaps.length,
      beyond: beyond.map((part) => part.outerHTML),
      cut: cut.map((part) => part.outerHTML),
    }
  })
  expect(faults).toEqual({ overlaps: 0, beyond: [], cut: [] })
}
