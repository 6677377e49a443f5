/**
 * What the screens look like, against pictures that somebody accepted: `npm run pictures:accept` takes them anew. Only in the
 * browser and with the fonts that the npm packages carry, so that they are the same on every machine.
 */
import { arch, platform } from 'node:os'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { launchBundledChromium } from '#tests/renderer/browser.ts'
import { differentPixels, judgePicture, leftOver } from '#tests/renderer/picture-shelf.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'
import { changeLanguage, openState, SCREENS, STATES } from '#tests/renderer/screens/index.ts'

/** A quarter past nine in Buleleng. */
const MORNING = Date.parse('2026-11-23T09:15:00+08:00')
const WORKSTATION = { width: 1366, height: 768 }
const WIDE = { width: 1920, height: 1080 }

const PICTURES = STATES.flatMap((state) => (state.pictures ?? []).map((look) => ({ state, look, title: state.title })))
const fileOf = ({ state, look }: (typeof PICTURES)[number]) =>
  `${`${state.route} ${state.name} ${look}`.replaceAll(/[^A-Za-z0-9]+/g, '-')}.png`

test('every screen has a picture, and every picture a screen', () => {
  const without = Object.entries(SCREENS).filter(([, states]) =>
    states.every(({ pictures = [] }) => pictures.length === 0),
  )
  expect(without.map(([route]) => route)).toEqual([])
  expect(leftOver(PICTURES.map(fileOf))).toEqual([])
})

test('a difference that can be seen is counted, one that cannot is not, and another size is all different', () => {
  const [one, other] = [new PNG({ width: 4, height: 4 }), new PNG({ width: 4, height: 4 })]
  one.data.fill(100)
  other.data.fill(110)
  expect(differentPixels(one, other)).toBe(0)
  other.data[5] = 200
  expect(differentPixels(one, other)).toBe(1)
  expect(differentPixels(one, new PNG({ width: 4, height: 5 }))).toBe(20)
})

if (platform() === 'linux' && arch() === 'x64') {
  const show = screenSuite({
    launch: launchBundledChromium,
    // The page's clock stands still; the host's does, too.
    initScript: () => {
      performance.now = () => 0
    },
  })
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: MORNING })
  })
  afterAll(() => {
    vi.useRealTimers()
  })

  test.each(PICTURES)('$title looks as accepted: $look', async (picture) => {
    const { state, look } = picture
    const [locale, colorScheme, size] = look.split(' ') as ['id' | 'en', 'light' | 'dark', 'wide' | undefined]
    const viewport = state.size ?? (size === 'wide' ? WIDE : WORKSTATION)
    const { page } = await openState(show, state, { viewport, colorScheme, reducedMotion: 'reduce' })
    if (locale === 'en') await changeLanguage(page, locale)
    await page.evaluate(() => document.fonts.ready)
    // Dialogs have come, and the focus is where it belongs: DIALOG_GONE_MS of the desk is the longest.
    await page.waitForTimeout(400)
    expect(judgePicture(fileOf(picture), await page.screenshot({ animations: 'disabled' }))).toBeNull()
  })
} else {
  test.skip('the browser inside the npm package runs on Linux x64 only')
}
