import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { PrinterCondition } from '#main/host/devices/printer/status.ts'
import { createPrintJobsInMemory } from '#tests/devices/print-jobs-in-memory.ts'
import { receipt, slip } from '#tests/devices/samples.ts'
import { startAndStopLater, startPrinter } from '#tests/devices/start-printer.ts'
import { eventually } from '#tests/support/eventually.ts'

describe('the print worker with a printer that needs a hand', () => {
  const OUT: PrinterCondition = {
    blocked: { code: 'PRINTER_PAPER_OUT', detail: 'DLE EOT 1a327e' },
    paperLow: true,
  }
  const WELL: PrinterCondition = { blocked: null, paperLow: false }
  const OUT_HEALTH = { state: 'failed', code: 'PRINTER_PAPER_OUT', detail: 'DLE EOT 1a327e' }

  test('pauses the queue, looks again and again, and goes on by itself with the same bytes', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', slip)
    jobs.add('b', receipt)
    let looks = 0
    const sent: Uint8Array[] = []
    const { healths } = startAndStopLater({
      jobs: jobs.store,
      async send(bytes, { tell }) {
        sent.push(bytes)
        if (looks > 0) return { kind: 'handed_over' }
        tell(OUT)
        return { kind: 'not_sent', code: 'PRINTER_PAPER_OUT', detail: 'DLE EOT 1a327e' }
      },
      check: async () => ({ kind: 'condition', condition: ++looks < 4 ? OUT : WELL }),
    })
    await eventually(() => expect(jobs.states()).toEqual({ a: 'handed_over', b: 'handed_over' }))
    expect(looks).toBe(4)
    // Not once while the paper was out, and the job that waited first of all.
    expect(sent).toEqual([jobs.row('a').bytes, jobs.row('a').bytes, jobs.row('b').bytes])
    expect(healths).toEqual([OUT_HEALTH, { state: 'ready' }])
  })

  test('says at once that a job waits in the printer for paper', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', slip)
    let refill = () => {}
    const { printer } = startAndStopLater({
      jobs: jobs.store,
      async send(_, { tell }) {
        tell(OUT)
        await new Promise<void>((resolve) => {
          refill = resolve
        })
        tell(WELL)
        return { kind: 'confirmed' }
      },
    })
    await eventually(() => expect(printer.health()).toEqual(OUT_HEALTH))
    expect(jobs.states()).toEqual({ a: 'sending' })
    refill()
    await eventually(() => expect(jobs.states()).toEqual({ a: 'confirmed' }))
    expect(printer.health()).toEqual({ state: 'ready' })
  })

  test('does not start the next job on a roll that ended with the last one', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', slip)
    jobs.add('b', slip)
    const order: string[] = []
    const { printer } = startAndStopLater({
      jobs: jobs.store,
      async send(_, { tell }) {
        tell(order.push('sent') === 1 ? OUT : WELL)
        return { kind: 'confirmed' }
      },
      check: async () => {
        order.push(printer.health().state)
        return { kind: 'condition', condition: WELL }
      },
    })
    await eventually(() => expect(jobs.states()).toEqual({ a: 'confirmed', b: 'confirmed' }))
    expect(order).toEqual(['sent', 'failed', 'sent'])
  })

  test('shows a roll near its end as a hint, and prints on', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', slip)
    const { printer } = startAndStopLater({
      jobs: jobs.store,
      async send(_, { tell }) {
        tell({ blocked: null, paperLow: true })
        return { kind: 'confirmed' }
      },
    })
    await eventually(() => expect(jobs.states().a).toBe('confirmed'))
    expect(printer.health()).toEqual({ state: 'ready', hint: 'PRINTER_PAPER_LOW' })
  })

  test('keeps looking when it went out of reach meanwhile, and stops looking when told to stop', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', slip)
    let looks = 0
    const { printer } = startPrinter({
      jobs: jobs.store,
      send: async () => ({ kind: 'not_sent', code: 'PRINTER_COVER_OPEN', detail: '' }),
      async check() {
        looks++
        return { kind: 'fault', code: 'PRINTER_UNREACHABLE', detail: 'EHOSTUNREACH' }
      },
    })
    await eventually(() => expect(looks).toBeGreaterThan(3))
    expect(printer.health()).toMatchObject({ code: 'PRINTER_UNREACHABLE' })
    await printer.stop()
    const atStop = looks
    await delay(10)
    expect(looks).toBe(atStop)
    expect(jobs.states()).toEqual({ a: 'queued' })
  })
})
