/** The desk in the counter's day beyond one visitor: pauses, what it takes, who sits there, which keys it has. */
import { DEFAULT_SHORTCUTS } from '#contract/shortcuts.ts'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { asideRows, calledEntry, openCounter, POLICE_OFFICER, waitingRows } from '#tests/renderer/sample-screens.ts'
import type { Shown } from '#tests/renderer/screen-suite.ts'
import type { ScreenState } from '#tests/renderer/screens/state.ts'

const MINUTE = 60_000
const SERVICES = openCounter().mayTake

const show = (change: Partial<DeskSnapshot> = {}) => ({ desk: openCounter(change) })

function paused(backInMinutes: number | null, scheduled = false): Partial<DeskSnapshot> {
  const backAt = backInMinutes === null ? null : Date.now() + backInMinutes * MINUTE
  const reason = scheduled ? ('prayer' as const) : ('break' as const)
  return { pause: { reason, since: Date.now() - 12 * MINUTE, backAt, scheduled }, waiting: waitingRows(40) }
}

async function officerMenu({ page }: Shown) {
  await page.getByRole('button', { name: POLICE_OFFICER.name }).click()
  await page.getByRole('menu').waitFor()
}

export const DAY: readonly ScreenState[] = [
  { name: 'paused', pictures: ['id light'], topics: () => show(paused(5)) },
  { name: 'paused with an open end', topics: () => show(paused(null)) },
  {
    name: 'paused by schedule, beyond the time',
    pictures: ['en dark'],
    topics: () => show({ ...paused(-4, true), aside: asideRows() }),
  },
  {
    name: 'a planned pause, few services, a wrong clock',
    pictures: ['id light'],
    topics: () => {
      const from = Date.now() + 8 * MINUTE
      const pauseAhead = { reason: 'prayer' as const, from, at: from, to: from + 75 * MINUTE }
      return show({ current: calledEntry(), pcClockMinutes: 9, takes: SERVICES.slice(0, 2), pauseAhead })
    },
  },
  {
    name: 'a planned pause that waits for the visitor',
    topics: () => {
      const from = Date.now() - MINUTE
      const pauseAhead = { reason: 'prayer' as const, from, at: from, to: from + 75 * MINUTE }
      return show({ current: calledEntry(), pauseAhead })
    },
  },
  { name: 'officer menu', topics: show, act: officerMenu },
  {
    name: 'another officer',
    topics: show,
    async act({ page }) {
      await page.keyboard.press('Control+g')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'keys of this PC',
    pictures: ['id light'],
    topics: () => ({ ...show({ waiting: [] }), shortcuts: { ...DEFAULT_SHORTCUTS, refused: ['callAgain'] } }),
    async act(shown) {
      await officerMenu(shown)
      await shown.page.getByRole('menuitem', { name: 'Tombol pintas' }).click()
      await shown.page.getByLabel('Panggil Berikutnya').selectOption('F6')
    },
  },
]
