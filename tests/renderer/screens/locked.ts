import { frontDeskSnapshot, openCounter, servingEntry } from '#tests/renderer/sample-screens.ts'
import type { ScreenState } from '#tests/renderer/screens/state.ts'

const locked = () => ({ since: Date.now() - 120_000 })

export const lockedScreen: readonly ScreenState[] = [
  {
    name: 'somebody at the desk',
    pictures: ['id light'],
    topics: () => ({ desk: openCounter({ current: servingEntry(20), locked: locked() }) }),
  },
  { name: 'nobody at the desk', topics: () => ({ desk: openCounter({ locked: locked() }) }) },
  {
    name: 'somebody else comes',
    topics: () => ({ desk: frontDeskSnapshot({ locked: locked() }) }),
    act: ({ page }) => page.getByRole('button', { name: 'Petugas lain' }).click(),
  },
]
