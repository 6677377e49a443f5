import type { DeskSnapshot } from '#contract/snapshot.ts'
import {
  busyPanel,
  calledEntry,
  laptopShell,
  openCounter,
  POLICE_OFFICER,
  secondStepEntry,
  servingEntry,
  waitingRows,
} from '#tests/renderer/sample-screens.ts'
import { QUESTIONS } from '#tests/renderer/screens/desk-questions.ts'
import type { ScreenState } from '#tests/renderer/screens/state.ts'

const led = { state: 'failed' as const, code: 'LED_SILENT', detail: 'COM3', where: 'COM3 (FTDI)' }
const attention = { jobId: 'j', label: 'P-012', document: 'receipt' as const, state: 'unknown' as const, code: null }

const cutOff = (): DeskSnapshot['connection'] => ({
  state: 'offline',
  since: Date.now() - 1_800_000,
  unsent: 17,
  reason: 'UNREACHABLE',
})
const show = (change: Partial<DeskSnapshot> = {}) => ({ desk: openCounter(change) })

function asideRows(): DeskSnapshot['aside'] {
  const [held, absent] = waitingRows(2).map(({ mine: _mine, waitingSince, ...row }) => ({
    ...row,
    since: waitingSince,
    isOfToday: true,
  }))
  if (!held || !absent) throw new Error('two rows were asked for')
  return [
    { ...held, status: 'on_hold', reason: 'fetch_documents', calls: 1 },
    { ...absent, status: 'no_show', reason: null, calls: 3 },
  ]
}

export const desk: readonly ScreenState[] = [
  { name: 'closed', pictures: ['id light'], topics: () => show({ open: false }) },
  { name: 'nobody waits', topics: () => show({ waiting: [] }) },
  { name: 'forty wait', pictures: ['id light', 'en light'], topics: () => show({ waiting: waitingRows(40) }) },
  { name: 'cut off, others wait', topics: () => show({ connection: cutOff(), waiting: waitingRows(12).slice(4) }) },
  {
    name: 'called',
    pictures: ['id light', 'id dark', 'en light', 'id light wide', 'en dark wide'],
    topics: () => show({ current: calledEntry(), waiting: waitingRows(40) }),
  },
  { name: 'serving', topics: () => show({ current: servingEntry(4), waiting: waitingRows(12) }) },
  { name: 'beyond the standard', topics: () => show({ current: servingEntry(40) }) },
  { name: 'long number', topics: () => show({ current: servingEntry(4, { label: '4K-0123', priority: 'pregnant' }) }) },
  {
    name: 'everything wrong',
    pictures: ['id light', 'id dark'],
    topics: () =>
      show({
        current: secondStepEntry(),
        led,
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
    pictures: ['id light', 'en dark'],
    topics: () => show({ aside: asideRows() }),
    act: ({ page }) => page.getByRole('tab').nth(1).click(),
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
    name: 'officer menu',
    topics: () => show(),
    async act({ page }) {
      await page.getByRole('button', { name: POLICE_OFFICER.name }).click()
      await page.getByRole('menu').waitFor()
    },
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
  ...Object.values(QUESTIONS).flat(),
]
