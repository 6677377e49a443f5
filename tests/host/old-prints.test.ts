import { expect, it, vi } from 'vitest'
import type { NewPrintJob } from '#db/repositories/print-jobs.ts'
import { idle } from '#tests/support/idle.ts'
import { openTestDesk, type TestDesk } from '#tests/support/test-desk.ts'

const WEEK = 7 * 86_400_000

function addJob({ repositories, clock }: TestDesk, id: string): void {
  const job: NewPrintJob = { id, created_at: clock.wall, kind: 'receipt', label: 'SK-001', document: '{}' }
  repositories.printJobs.add(job)
}

it('papers of last week are forgotten, all but those that still wait or ask a question', () => {
  const desk = openTestDesk()
  const { printJobs } = desk.repositories
  const states = ['handed_over', 'confirmed', 'unknown', 'failed'] as const
  for (const state of states) {
    for (const answered of [false, true]) {
      const id = `${state}${answered ? ' answered' : ''}`
      addJob(desk, id)
      printJobs.finish(id, state, null)
      if (answered) printJobs.markSettled(id)
    }
  }
  addJob(desk, 'queued')
  addJob(desk, 'sending')
  printJobs.beginSending('sending', Buffer.from('x'))
  desk.clock.pass(WEEK)
  addJob(desk, 'new')
  printJobs.finish('new', 'confirmed', null)
  idle(desk)
  expect(printJobs.get('confirmed')).not.toBeNull()
  desk.clock.pass(1)
  idle(desk)
  const all = [...states.flatMap((state) => [state, `${state} answered`]), 'queued', 'sending', 'new']
  expect(all.filter((id) => printJobs.get(id))).toEqual(['unknown', 'failed', 'queued', 'sending', 'new'])
})

it('however many there are, they go in small pieces', () => {
  const desk = openTestDesk()
  const { printJobs } = desk.repositories
  desk.store.transaction(() => {
    for (let n = 0; n < 450; n += 1) {
      addJob(desk, `job ${n}`)
      printJobs.finish(`job ${n}`, 'confirmed', null)
    }
  })
  desk.clock.pass(WEEK + 1)
  const sizes = vi.spyOn(printJobs, 'forgetBefore')
  idle(desk)
  expect(sizes.mock.results.map(({ value }) => value)).toEqual([200, 200, 50])
})
