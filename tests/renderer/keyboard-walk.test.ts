import { test } from 'vitest'
import { expectKeyboardWalk } from '#tests/renderer/keyboard-walk.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'
import { openState, STATES } from '#tests/renderer/screens/index.ts'

const show = screenSuite()
/** Nothing can be used while the engine starts for the first time. */
const USABLE = STATES.filter(({ route }) => route !== 'starting')

test.each(USABLE)('$title is walked through by keyboard, and Escape gives the focus back', async (state) => {
  const { page } = await openState(show, state, { reducedMotion: 'reduce' })
  await expectKeyboardWalk(page)
})
