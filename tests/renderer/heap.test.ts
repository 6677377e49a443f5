import { expect, test } from 'vitest'
import { calledEntry, openCounter, servingEntry, waitingRows } from '#tests/renderer/sample-screens.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'
import { usedHeap } from '#tests/renderer/used-heap.ts'

const show = screenSuite()
const EARLY = 500
const DAY = 3_000
/** At each of these a question is opened and answered, too, as an officer would. */
const ASKED_EVERY = 100

test('the desk holds no more at visit 3,000 than at visit 500', { timeout: 120_000 }, async () => {
  const { host, page } = await show({ desk: openCounter() })
  const number = page.locator('article[data-status]')
  let atEarly = 0
  for (let visit = 1; visit <= DAY; visit += 1) {
    const label = `P-${String(visit).padStart(4, '0')}`
    host.show('desk', { current: calledEntry({ label }), waiting: waitingRows(visit % 40) })
    host.show('desk', { current: servingEntry(1, { label }) })
    if (visit % ASKED_EVERY === 0) {
      await number.getByText(label).waitFor()
      await page.keyboard.press('F4')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    if (visit !== EARLY && visit !== DAY) continue
    host.show('desk', { current: null, waiting: waitingRows(6) })
    await number.waitFor({ state: 'detached' })
    const held = await usedHeap(page)
    if (visit === EARLY) atEarly = held
    else expect(held / atEarly).toBeLessThanOrEqual(1.05)
  }
  expect(atEarly).toBeGreaterThan(1_000_000)
})
