/** The compact bar, as narrow as its window can be made. */
import { DEFAULT_SHORTCUTS } from '#contract/shortcuts.ts'
import {
  calledEntry,
  counterSnapshot,
  cutOff,
  failedDisplay,
  openCounter,
  servingEntry,
  waitingRows,
} from '#tests/renderer/sample-screens.ts'
import type { Shown } from '#tests/renderer/screen-suite.ts'
import type { Look, ScreenState, Topics } from '#tests/renderer/screens/state.ts'

const NARROWEST = { width: 560, height: 72 }
/** With a second line below. */
const TWO_LINES = { width: 560, height: 132 }

const restarting = { state: 'restarting' as const, attempt: 1, retryInMs: 60_000 }
const failed = { state: 'failed' as const, code: 'STORE_IN_USE', logPath: '/log', attempt: 1, retryInMs: 60_000 }
/** The longest that there is: a long label, priority, called often, many waiting, hours. */
const called = () => calledEntry({ label: '4K-0123', calls: 12, priority: 'elderly' })
const overdue = () => servingEntry(140, { label: '4K-0123', priority: 'elderly' })
const shown = (change: Parameters<typeof openCounter>[0]) => ({ desk: openCounter(change) })
const pausedUntil = (backAt: number) =>
  shown({ pause: { reason: 'prayer', since: Date.now() - 600_000, backAt, scheduled: true } })

function state(name: string, topics: () => Partial<Topics>, pictures: readonly Look[] = []): ScreenState {
  return { name, topics, pictures, size: NARROWEST }
}

function asked(name: string, topics: () => Partial<Topics>, key: string, pictures: readonly Look[] = []): ScreenState {
  const act = async ({ page }: Shown) => {
    await page.keyboard.press(key)
    await page.locator('fieldset, [role="alert"]').first().waitFor()
  }
  return { name, topics, act, pictures, size: TWO_LINES }
}

export const bar: readonly ScreenState[] = [
  state('nobody signed in', () => ({ desk: counterSnapshot() })),
  state('closed', () => shown({ open: false })),
  state('paused beyond the time', () => pausedUntil(Date.now() - 60_000), ['id light']),
  state('locked', () => shown({ current: overdue(), locked: { since: Date.now() } }), ['id light']),
  state('locked, engine restarting', () => ({
    ...shown({ current: overdue(), locked: { since: Date.now() } }),
    shell: { host: restarting, laptop: null },
  })),
  state('nobody waits', () => shown({ waiting: [] })),
  state('next', () => shown({ waiting: waitingRows(140) })),
  state('called', () => shown({ current: called(), waiting: waitingRows(140) }), ['id light']),
  state(
    'beyond the standard',
    () => shown({ current: overdue(), waiting: waitingRows(140), led: failedDisplay, connection: cutOff(117) }),
    ['id dark'],
  ),
  state('cut off without a hand', () =>
    shown({ waiting: waitingRows(140).map((row) => ({ ...row, mine: false })), connection: cutOff() }),
  ),
  state('engine restarting', () => ({
    ...shown({ current: overdue() }),
    shell: { host: restarting, laptop: null },
  })),
  state('engine failed', () => ({ ...shown({}), shell: { host: failed, laptop: null } })),
  asked('outcome', () => shown({ current: servingEntry(4) }), 'F4', ['id light']),
  asked('absent', () => shown({ current: called(), waiting: waitingRows(140) }), 'F8'),
  asked(
    'refused, and keys of another program',
    () => ({ ...shown({}), shortcuts: { ...DEFAULT_SHORTCUTS, refused: ['callAgain', 'noShow'] } }),
    'F2',
  ),
]
