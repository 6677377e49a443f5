/**
 * What every state of every screen has to keep. Each is opened once and then looked at from all sides: opening a window costs more than
 * most of the looking. In the pseudo build, whose Indonesian is the product's.
 */
import { test } from 'vitest'
import { expectAccessible } from '#tests/renderer/expect-accessible.ts'
import { expectTranslated } from '#tests/renderer/expect-translated.ts'
import { expectKeyboardWalk } from '#tests/renderer/keyboard-walk.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'
import { changeLanguage, type NamedState, openState } from '#tests/renderer/screens/index.ts'

const WORKSTATION = { width: 1366, height: 768 }

export function testStates(states: readonly NamedState[]): void {
  const show = screenSuite({ build: 'pseudo' })

  test.each(states)(
    '$title is translated, has room for a longer language, meets WCAG 2.2 AA in every colour, is whole at 200 % zoom, and is walked by keyboard',
    async (state) => {
      const open = () => openState(show, state, { colorScheme: 'light', reducedMotion: 'reduce' })
      const shown = await open()
      const { page } = shown
      // Only a menu that has just opened has the focus where arrows go on from.
      const isMenu = (await page.getByRole('menu').count()) > 0
      await expectTranslated(shown, state)
      await changeLanguage(page, 'id')
      await expectAccessible(page)
      // Nothing can be used while the engine starts for the first time.
      if (state.route === 'starting') return
      await page.setViewportSize(state.size ?? WORKSTATION)
      // Last, because it closes what lies over the screen.
      await expectKeyboardWalk(isMenu ? (await open()).page : page)
    },
    // Three looks in one test.
    90_000,
  )
}
