/** Every screen of the window in every state that tests look at: one entry for each route of renderer/app/routes.tsx. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { RouteName } from '#renderer/app/routes.tsx'
import type { Shown, screenSuite } from '#tests/renderer/screen-suite.ts'
import { bar } from '#tests/renderer/screens/bar.ts'
import { desk } from '#tests/renderer/screens/desk.ts'
import { devices, devicesOnly } from '#tests/renderer/screens/devices.ts'
import { frontDesk } from '#tests/renderer/screens/front-desk.ts'
import { hostFailed, starting } from '#tests/renderer/screens/host.ts'
import { lockedScreen } from '#tests/renderer/screens/locked.ts'
import { setUp } from '#tests/renderer/screens/set-up.ts'
import { signIn } from '#tests/renderer/screens/sign-in.ts'
import type { ScreenState } from '#tests/renderer/screens/state.ts'

export const SCREENS: Readonly<Record<RouteName, readonly ScreenState[]>> = {
  bar,
  hostFailed,
  starting,
  setUp,
  signIn,
  locked: lockedScreen,
  devicesOnly,
  devices,
  frontDesk,
  desk,
}

export type NamedState = ScreenState & { route: RouteName; title: string }

export const STATES: readonly NamedState[] = (Object.keys(SCREENS) as RouteName[]).flatMap((route) =>
  SCREENS[route].map((state) => ({ ...state, route, title: `${route}: ${state.name}` })),
)

type Show = ReturnType<typeof screenSuite>

/** Brings the screen into the state, and fails when another screen than the named one shows. */
export async function openState(show: Show, state: NamedState, context: Parameters<Show>[1] = {}): Promise<Shown> {
  const size = state.size && { viewport: state.size }
  const shown = await show(
    state.topics(),
    { ...size, ...context },
    { prepare: state.prepare, ...(state.route === 'bar' && { query: '&view=bar' }) },
  )
  await state.act?.(shown)
  if (state.complains) expect(show.takeComplaints(), state.complains).not.toEqual([])
  await shown.page.locator(`html[data-screen="${state.route}"]`).waitFor({ state: 'attached' })
  return shown
}

/** As if another window of this PC had changed it: whatever is open stays open. */
export async function changeLanguage(page: Page, locale: 'id' | 'en'): Promise<void> {
  await page.evaluate((value) => {
    const change = { key: 'loket.locale', newValue: JSON.stringify(value), storageArea: localStorage }
    localStorage.setItem(change.key, change.newValue)
    window.dispatchEvent(new StorageEvent('storage', change))
  }, locale)
  await page.locator(`html[lang="${locale}"]`).waitFor({ state: 'attached' })
}
