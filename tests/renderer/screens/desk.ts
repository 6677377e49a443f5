import type { DeskSnapshot } from '#contract/snapshot.ts'
import {
  asideRows,
  busyPanel,
  calledEntry,
  cutOff,
  failedDisplay,
  laptopShell,
  notesOn,
  openCounter,
  plainWhy,
  secondStepEntry,
  servingEntry,
  waitingRows,
} from '#tests/renderer/sample-screens.ts'
import { DAY } from '#tests/renderer/screens/desk-day.ts'
import { QUESTIONS } from '#tests/renderer/screens/desk-questions.ts'
import type { ScreenState } from '#tests/renderer/screens/state.ts'

const attention = { jobId: 'j', label: 'P-012', document: 'receipt' as const, state: 'unknown' as const, code: null }

const show = (change: Partial<DeskSnapshot> = {}) => ({ desk: openCounter(change) })

export const desk: readonly ScreenState[] = [
  { name: 'closed', pictures: ['id light'], topics: () => show({ open: false }) },
  { name: 'nobody waits', topics: () => show({ waiting: [] }) },
  { name: 'forty wait', pictures: ['id light'], topics: () => show({ waiting: waitingRows(40) }) },
  { name: 'cut off, others wait', topics: () => show({ connection: cutOff(), waiting: waitingRows(12).slice(4) }) },
  {
    name: 'called',
    pictures: ['id light', 'id dark', 'en dark wide'],
    topics: () => show({ current: calledEntry(), waiting: waitingRows(40) }),
  },
  { name: 'serving', topics: () => show({ current: servingEntry(4), waiting: waitingRows(12) }) },
  { name: 'beyond the standard', topics: () => show({ current: servingEntry(40) }) },
  { name: 'long number', topics: () => show({ current: servingEntry(4, { label: '4K-0123', priority: 'pregnant' }) }) },
  {
    name: 'everything wrong',
    pictures: ['id dark'],
    topics: () =>
      show({
        current: secondStepEntry(),
        led: failedDisplay,
        printAttention: [attention],
        storeProblem: 'STORE_FULL',
        connection: cutOff(),
        conflicts: [{ label: 'P-011', code: 'SUPERSEDED', at: Date.now() - 600_000 }],
        waiting: waitingRows(40),
      }),
  },
  {
    name: 'engine restarting',
    topics: () => ({
      ...show({ current: calledEntry() }),
      shell: { host: { state: 'restarting', attempt: 1, retryInMs: 60_000 }, laptop: null },
    }),
  },
  {
    name: 'refused',
    topics: () => show(),
    prepare: (host) => host.answer('queue.callNext', () => ({ ok: false, code: 'NOTHING_WAITING' })),
    async act({ page }) {
      await page.keyboard.press('F2')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'in the laptop',
    topics: () => ({ ...show({ current: servingEntry(4) }), shell: laptopShell, panel: busyPanel }),
  },
  {
    name: 'everything else that can be done',
    pictures: ['id light'],
    topics: () => show({ current: calledEntry() }),
    async act({ page }) {
      await page.keyboard.press('F10')
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'set aside',
    pictures: ['en light'],
    topics: () => show({ aside: asideRows() }),
    act: ({ page }) => page.getByRole('tab').nth(1).click(),
  },
  { name: 'nothing set aside', topics: () => show(), act: ({ page }) => page.getByRole('tab').nth(1).click() },
  {
    name: 'why this one is next',
    pictures: ['id light'],
    topics: () => {
      const booked = { place: 'appointment' as const, appointmentAt: Date.now() + 900_000 }
      const [first, ...rest] = waitingRows(12)
      const waiting = first ? [{ ...first, ...booked }, ...rest] : []
      return show({ waiting, whyNext: { ...plainWhy, ...booked, turn: 'priority_turn' } })
    },
  },
  {
    name: 'called out of turn, and goes back to another counter',
    topics: () => show({ current: calledEntry({ why: { ...plainWhy, outOfOrder: 'urgent' }, returnsTo: '7' }) }),
  },
  {
    name: 'called as often as the mall allows',
    topics: () => show({ current: calledEntry({ calls: 3, recallOver: 'requeue' }) }),
  },
  {
    name: 'notes about the visitor',
    pictures: ['id light'],
    // What a title bar and a task bar leave of a small monitor.
    size: { width: 1366, height: 700 },
    topics: () => {
      const current = servingEntry(4, { priority: 'elderly' })
      const long = `${'Berkas kurang satu lembar, pengunjung mengambilnya di mobil. '.repeat(6)}Tunggu.`
      return show({ current, notes: notesOn(current, 'Datang dengan anaknya.', long) })
    },
  },
  {
    name: 'handed over too long ago',
    topics: () => {
      const current = secondStepEntry()
      const isOver = { issuedOn: '2026-11-01', until: '2026-11-15', isOver: true }
      const prerequisites = current.prerequisites.map((one) => ({ ...one, validity: isOver }))
      return show({ current: { ...current, prerequisites } })
    },
  },
  {
    name: 'menu of a waiting row',
    topics: () => show(),
    async act({ page }) {
      await page.locator('[data-row]').first().click()
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'given away a moment ago',
    topics: () => show({ undo: { kind: 'forward', label: 'P-012', until: Date.now() + 60_000 } }),
  },
  {
    name: 'screen that broke',
    topics: () => show(),
    complains: 'React tells of the fault',
    async act({ host, page }) {
      // What no host sends: the screen believes the contract and breaks on anything else.
      host.show('desk', { waiting: null as never })
      await page.getByText('SCREEN_CRASHED').waitFor()
    },
  },
  ...DAY,
  ...Object.values(QUESTIONS).flat(),
]
