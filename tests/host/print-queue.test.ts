/** What becomes of papers that wait when the counter loses its printer. */
import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '#db/open.ts'
import { createRepositories } from '#db/repositories/index.ts'
import { lastNumber } from '#main/host/front-desk/last-number.ts'
import { createPrintJobStore } from '#main/host/printing/print-queue.ts'
import { cancelIssued } from '#main/host/use-cases/cancel-issued.ts'
import { issueVisit } from '#main/host/use-cases/issue-visit.ts'
import { slip } from '#tests/devices/samples.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'
import { openTestDesk } from '#tests/support/test-desk.ts'

const BYTES = Uint8Array.of(1)

function openQueue() {
  const store = openStore(tempFolder())
  onTestFinished(() => store.close())
  const repositories = createRepositories(store, sha256)
  let changes = 0
  const jobs = createPrintJobStore(store, repositories, () => {
    changes += 1
  })
  for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) {
    const document = JSON.stringify(slip)
    repositories.printJobs.add({ id, created_at: index, kind: 'slip', label: 'A-012', document })
  }
  const states = () => ['a', 'b', 'c', 'd'].map((id) => repositories.printJobs.get(id)?.state)
  return { jobs, printJobs: repositories.printJobs, states, changes: () => changes }
}

test('they do not come out of the next printer: somebody is told, and nothing that left is said to have waited', () => {
  const { jobs, printJobs, states, changes } = openQueue()
  jobs.beginSending('a', BYTES)
  jobs.finish('a', 'handed_over', null)
  jobs.beginSending('b', BYTES)
  jobs.finish('b', 'queued', 'PRINTER_REFUSED')
  // A crash left this one, and without a printer no worker has looked after it since.
  jobs.beginSending('c', BYTES)
  const before = changes()
  expect(jobs.abandonQueued()).toBe(2)
  expect(jobs.next()).toBeNull()
  expect(states()).toEqual(['handed_over', 'failed', 'unknown', 'failed'])
  expect(printJobs.needingAttention().map(({ id, code }) => [id, code])).toEqual([
    ['b', 'PRINTER_REMOVED'],
    ['c', 'PRINTER_CUT_OFF'],
    ['d', 'PRINTER_REMOVED'],
  ])
  expect(changes()).toBe(before + 1)
})

test('a job whose end was not stored is asked about, and the screens are told once', () => {
  const { jobs, printJobs, changes } = openQueue()
  jobs.beginSending('a', BYTES)
  const before = changes()
  expect([jobs.settleInterrupted(), jobs.settleInterrupted()]).toEqual([1, 0])
  expect(printJobs.needingAttention().map(({ id, state }) => [id, state])).toEqual([['a', 'unknown']])
  expect(changes()).toBe(before + 1)
})

test('an empty queue is left alone, and no screen is told', () => {
  const { jobs, changes } = openQueue()
  jobs.abandonQueued()
  const before = changes()
  expect(jobs.abandonQueued()).toBe(0)
  expect(changes()).toBe(before)
})

test('they are printed again only on a printer: asked for without one, the question stays open', async () => {
  const desk = openTestDesk()
  desk.printer.isThere = true
  const { printJobs } = desk.repositories
  const jobId = '00000000-0000-4000-8000-000000000001'
  printJobs.add({ id: jobId, created_at: 1, kind: 'slip', label: 'A-012', document: JSON.stringify(slip) })
  createPrintJobStore(desk.store, desk.repositories, () => {}).abandonQueued()
  desk.printer.isThere = false
  expect(await desk.call('print.settle', { jobId, cameOut: false })).toMatchObject({ code: 'NOT_ALLOWED_NOW' })
  expect(printJobs.needingAttention()).toHaveLength(1)
  desk.printer.isThere = true
  expect(await desk.call('print.settle', { jobId, cameOut: false })).toMatchObject({ ok: true })
  expect(JSON.parse(printJobs.next()?.document ?? '')).toEqual(slip)
  expect(printJobs.needingAttention()).toEqual([])
})

test.each(['failed', 'unknown', 'handed_over', 'confirmed'] as const)(
  'a slip that is %s is not printed again once its number was taken back, and nobody is asked about it',
  async (state) => {
    const desk = openTestDesk()
    desk.store.db.exec("UPDATE device SET role_kind = 'front_desk', role_id = 'penerima-1'")
    desk.printer.isThere = true
    const issue = { commandId: randomUUID(), serviceId: 'skck', priority: null, journeyId: null }
    const issued = await issueVisit(desk.context, issue)
    if (!issued.ok) throw new Error(issued.code)
    const { visitId } = issued.data
    const { printJobs } = desk.repositories
    const jobs = createPrintJobStore(desk.store, desk.repositories, () => {})
    const slipState = () => lastNumber(desk.context)?.slip?.state
    const jobId = printJobs.slipOf(visitId)?.id ?? ''
    jobs.beginSending(jobId, BYTES)
    jobs.finish(jobId, state, state === 'failed' || state === 'unknown' ? 'PRINTER_CUT_OFF' : null)
    const before = slipState()
    const taken = cancelIssued(desk.context, { commandId: randomUUID(), visitId, reason: 'slip_failed' })
    expect(taken).toMatchObject({ ok: true })

    expect(await desk.call('print.settle', { jobId, cameOut: false })).toMatchObject({ code: 'NOT_ALLOWED_NOW' })
    expect(printJobs.next()).toBeNull()
    expect(printJobs.needingAttention()).toEqual([])
    // What came out, came out; of the others nobody said it.
    const cameOut = { failed: null, unknown: null, handed_over: 'handed_over', confirmed: 'printed' }
    expect([before, slipState()]).toEqual([cameOut[state] ?? state, cameOut[state] ?? 'given_up'])
  },
)
