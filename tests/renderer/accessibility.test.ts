import { test } from 'vitest'
import { expectAccessible } from '#tests/renderer/expect-accessible.ts'
import { screenSuite } from '#tests/renderer/screen-suite.ts'
import { openState, STATES } from '#tests/renderer/screens/index.ts'

const show = screenSuite()

test.each(STATES)(
  '$title meets WCAG 2.2 AA in light, dark and high contrast, and is whole at 200 % zoom',
  async (state) => {
    const { page } = await openState(show, state, { colorScheme: 'light', reducedMotion: 'reduce' })
    await expectAccessible(page)
  },
)
