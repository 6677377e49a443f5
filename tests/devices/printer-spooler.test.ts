import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listPrinters } from '#main/host/devices/printer/list-printers.ts'
import { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import type { PrinterCondition } from '#main/host/devices/printer/status.ts'
import { createSpoolerTransport } from '#main/host/devices/printer/transport-spooler.ts'
import { createDeadline } from '#main/host/devices/printer/windows/deadline.ts'
import type { Winspool } from '#main/host/devices/printer/windows/winspool.ts'
import { WINDOWS_SPOOLER } from '#main/host/devices/printer/windows/winspool-koffi.ts'
import { slip } from '#tests/devices/samples.ts'
import { createSpoolerDouble, never, refusal, type SpoolerBehaviour } from '#tests/devices/spooler-double.ts'

const JOB = renderDocument(slip, 80)
/** For a spooler that answers, on a machine that may be busy; and for one that does not. */
const PATIENT = { deadlineMs: 5000, checkMs: 5000, watchMs: 5000, pollMs: 2 }
const HASTY = { deadlineMs: 100, checkMs: 100, watchMs: 100, pollMs: 2 }
/** Bits of winspool.h. */
const [PAUSED, PAPER_OUT, DOOR_OPEN] = [0x1, 0x10, 0x40_0000]
const [JOB_PAPEROUT, JOB_PRINTING, JOB_PRINTED] = [0x40, 0x10, 0x80]
const [QUEUED, DIRECT, WORK_OFFLINE] = [0x1, 0x2, 0x400]

function start(behaviour: Partial<SpoolerBehaviour> = {}, times = PATIENT) {
  const double = createSpoolerDouble(behaviour)
  const spooler = { load: async () => double.winspool, within: createDeadline() }
  const transport = createSpoolerTransport({ queue: 'STRUK', spooler, times })
  const told: PrinterCondition[] = []
  const closing = new AbortController()
  const send = (bytes: Uint8Array = JOB) =>
    transport.send(bytes, { tell: (condition) => told.push(condition), closing: closing.signal })
  const codes = () => told.map(({ blocked }) => blocked?.code ?? null)
  return { ...double, spooler, transport, send, told, codes, close: () => closing.abort() }
}

const failAt =
  (name: keyof Winspool, number: number, nth = 1): SpoolerBehaviour['before'] =>
  (call, n) => {
    if (call === name && n === nth) throw refusal(name, number)
  }
const stallAt =
  (name: keyof Winspool, until: () => Promise<void> = never): SpoolerBehaviour['before'] =>
  (call) =>
    call === name ? until() : undefined

describe('a job to the Windows spooler', () => {
  test('is handed over raw and whole, as one page, and the queue is closed', async () => {
    const it = start()
    expect(await it.send()).toEqual({ kind: 'handed_over' })
    expect(it.jobs).toEqual([{ datatype: 'RAW', bytes: [...JOB], state: 'whole', pages: 1 }])
    expect(it.openHandles()).toBe(0)
  })

  test('goes past the XPS pipeline of a v4 driver and of an XPS driver', async () => {
    for (const driver of [
      { version: 4, attributes: 0 },
      { version: 3, attributes: 0x3 },
    ]) {
      const it = start({ driver })
      expect(await it.send()).toEqual({ kind: 'handed_over' })
      expect(it.jobs).toMatchObject([{ datatype: 'XPS_PASS', bytes: [...JOB], pages: 0 }])
    }
  })

  test('arrives whole when the spooler takes it in pieces', async () => {
    const it = start({ takes: (offered) => Math.min(offered, 100) })
    expect(await it.send()).toEqual({ kind: 'handed_over' })
    expect(it.jobs[0]?.bytes).toEqual([...JOB])
  })

  test('is watched until Windows has sent it, and not for ever', async () => {
    let looks = 0
    const soon = start({ jobStatus: () => (++looks < 4 ? JOB_PRINTING : JOB_PRINTED) })
    expect(await soon.send()).toEqual({ kind: 'handed_over' })
    expect(looks).toBe(4)
    const kept = start({ jobStatus: () => JOB_PRINTING }, HASTY)
    expect(await kept.send()).toEqual({ kind: 'handed_over' })
    expect(kept.jobs).toMatchObject([{ state: 'whole' }])
    expect(kept.openHandles()).toBe(0)
  })

  test('that Windows calls printed is still only handed over: a port without end-of-job says so at once', async () => {
    expect(await start({ jobStatus: () => JOB_PRINTED }).send()).toEqual({ kind: 'handed_over' })
  })

  test('tells what holds it up in Windows, and that it goes on', async () => {
    let looks = 0
    const it = start({ jobStatus: () => (++looks < 3 ? JOB_PAPEROUT : null) })
    expect(await it.send()).toEqual({ kind: 'handed_over' })
    expect(it.codes()).toEqual([null, 'PRINTER_PAPER_OUT', 'PRINTER_PAPER_OUT', null])
  })

  test('that waits in Windows is not waited for when the desk closes', async () => {
    const it = start({ jobStatus: () => JOB_PRINTING })
    it.close()
    expect(await it.send()).toEqual({ kind: 'handed_over' })
    expect(it.calls).not.toContain('job')
    expect(it.jobs).toMatchObject([{ state: 'whole' }])
  })
})

describe('a queue that is stopped', () => {
  test.each([
    ['is paused', { attributes: 0, status: PAUSED, jobs: 0 }, 'PRINTER_OFFLINE'],
    ['works offline', { attributes: WORK_OFFLINE, status: 0, jobs: 0 }, 'PRINTER_OFFLINE'],
    ['holds a job for paper', { attributes: 0, status: PAPER_OUT, jobs: 1 }, 'PRINTER_PAPER_OUT'],
    ['holds a job for its cover', { attributes: 0, status: PAPER_OUT | DOOR_OPEN, jobs: 1 }, 'PRINTER_COVER_OPEN'],
  ])('because it %s gets no job', async (_, state, code) => {
    const it = start({ queue: () => state })
    expect(await it.send()).toMatchObject({ kind: 'not_sent', code })
    expect(it.codes()).toEqual([code])
    expect(it.jobs).toEqual([])
    expect(await it.transport.check()).toMatchObject({ kind: 'condition', condition: { blocked: { code } } })
    expect(it.openHandles()).toBe(0)
  })

  test('by an old word of the printer is tried: without a job Windows would never learn better', async () => {
    const it = start({ queue: () => ({ attributes: 0, status: PAPER_OUT, jobs: 0 }) })
    expect(await it.send()).toEqual({ kind: 'handed_over' })
    expect(await it.transport.check()).toMatchObject({ kind: 'condition', condition: { blocked: null } })
  })
})

describe('a job that Windows refuses', () => {
  test.each([
    ['openPrinter', 5, 'PRINTER_REFUSED'],
    ['openPrinter', 1722, 'PRINTER_UNREACHABLE'],
    ['queue', 1905, 'PRINTER_SETUP_WRONG'],
    ['driver', 1797, 'PRINTER_SETUP_WRONG'],
    ['startDoc', 5, 'PRINTER_REFUSED'],
    ['startDoc', 1804, 'PRINTER_SETUP_WRONG'],
    ['startPage', 4711, 'PRINTER_UNREACHABLE'],
  ] as const)('at %s with error %i is not sent, and nothing stays in the queue', async (call, number, code) => {
    const it = start({ before: failAt(call, number) })
    const outcome = await it.send()
    expect(outcome).toMatchObject({ kind: 'not_sent', code })
    expect(outcome).toHaveProperty('detail', expect.stringContaining(`${number}`))
    expect(it.jobs.filter(({ state }) => state !== 'deleted')).toEqual([])
    expect(it.openHandles()).toBe(0)
  })

  test('because it knows no such printer names the ones that may be meant, and takes none of them', async () => {
    const it = start({ names: ['\\\\server\\Struk', 'ETIKET'] })
    const outcome = await it.send()
    expect(outcome).toMatchObject({ kind: 'not_sent', code: 'PRINTER_SETUP_WRONG' })
    expect(outcome).toHaveProperty('detail', expect.stringContaining('"\\\\server\\Struk": write the whole name'))
    expect(outcome).toHaveProperty('detail', expect.not.stringContaining('ETIKET'))
    expect(it.jobs).toEqual([])
  })

  test.each(['write', 'endPage', 'endDoc'] as const)('at %s is unknown, and what is there is deleted', async (call) => {
    const it = start({ before: failAt(call, 1726) })
    expect(await it.send()).toMatchObject({ kind: 'unknown', code: 'PRINTER_UNREACHABLE' })
    expect(it.jobs).toMatchObject([{ state: 'deleted' }])
  })

  test('in the middle is not sent when the queue prints nothing before the end, and the job could be deleted', async () => {
    const second = { takes: () => 10, before: failAt('write', 112, 2) }
    const held = start({ ...second, queue: () => ({ attributes: QUEUED, status: 0, jobs: 0 }) })
    expect(await held.send()).toMatchObject({ kind: 'not_sent', code: 'PRINTER_REFUSED' })
    expect(held.jobs).toMatchObject([{ state: 'deleted' }])
    const direct = start({ ...second, queue: () => ({ attributes: QUEUED | DIRECT, status: 0, jobs: 0 }) })
    expect(await direct.send()).toMatchObject({ kind: 'unknown' })
  })

  test.each([0, -1, 1_000_000])(
    'by taking %i bytes and calling it success is unknown, not an endless loop',
    async (taken) => {
      const it = start({ takes: () => taken })
      expect(await it.send()).toMatchObject({ kind: 'unknown', code: 'PRINTER_CUT_OFF' })
      expect(it.jobs).toMatchObject([{ state: 'deleted' }])
    },
  )

  test('for want of Windows is not sent, and says so', async () => {
    const transport = createSpoolerTransport({ queue: 'STRUK', spooler: WINDOWS_SPOOLER, times: PATIENT })
    const outcome = await transport.send(JOB, { tell: () => {}, closing: new AbortController().signal })
    expect(outcome).toMatchObject({ kind: 'not_sent', code: 'PRINTER_SETUP_WRONG' })
    expect(outcome).toHaveProperty('detail', expect.stringContaining('on Windows only'))
    expect(await transport.check()).toMatchObject({ kind: 'fault', code: 'PRINTER_SETUP_WRONG' })
  })
})

describe('a call that does not come back from Windows', () => {
  test.each([
    ['openPrinter', 'not_sent'],
    ['queue', 'not_sent'],
    ['driver', 'not_sent'],
    ['startDoc', 'not_sent'],
    ['startPage', 'not_sent'],
    ['write', 'unknown'],
    ['endDoc', 'unknown'],
    ['job', 'handed_over'],
    ['closePrinter', 'handed_over'],
  ] as const)('at %s makes the job %s within its time', async (call, kind) => {
    const it = start({ before: stallAt(call) }, HASTY)
    const began = performance.now()
    const outcome = await it.send()
    expect(outcome).toMatchObject(kind === 'handed_over' ? { kind } : { kind, code: 'PRINTER_TIMEOUT' })
    expect(performance.now() - began).toBeLessThan(3000)
  })

  test('is the last one until it does: a second one would hold another thread of the host', async () => {
    const it = start({ before: stallAt('queue') }, HASTY)
    await it.send()
    const calls = it.calls.length
    expect(await it.send()).toMatchObject({ kind: 'not_sent', code: 'PRINTER_TIMEOUT' })
    expect(await it.transport.check()).toMatchObject({ kind: 'fault', code: 'PRINTER_TIMEOUT' })
    expect(it.calls.length).toBe(calls)
  })

  test('keeps lists and tries of other printers out, too, and they ask again once it is back', async () => {
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const it = start({ before: stallAt('queue', () => released) }, HASTY)
    await it.send()
    const calls = it.calls.length
    const other = createSpoolerTransport({ queue: 'STRUK', spooler: it.spooler, times: HASTY })
    expect(await other.check()).toMatchObject({ kind: 'fault', code: 'PRINTER_TIMEOUT' })
    const windows = { platform: 'win32', spooler: it.spooler, deadlineMs: 100 } as const
    expect(await listPrinters(windows)).toMatchObject({ problems: [{ code: 'PRINTER_TIMEOUT' }] })
    expect(it.calls.length).toBe(calls)
    release()
    await expect.poll(it.openHandles).toBe(0)
    expect(await listPrinters(windows)).toMatchObject({ printers: [{ name: 'STRUK' }], problems: [] })
  })

  test.each(['startDoc', 'startPage', 'write', 'endPage', 'endDoc'] as const)(
    'at %s is followed by no paper when it does at last: its job is deleted, and the next one is sent',
    async (call) => {
      let release = () => {}
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      const it = start({ before: stallAt(call, () => released) }, HASTY)
      const outcome = await it.send()
      expect(outcome).toHaveProperty('code', 'PRINTER_TIMEOUT')
      release()
      await expect.poll(it.openHandles).toBe(0)
      expect(it.jobs).toMatchObject([{ state: 'deleted' }])
      expect(await it.send()).toEqual({ kind: 'handed_over' })
    },
  )

  test('tells nothing of the printer any more', async () => {
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const offline = { attributes: WORK_OFFLINE, status: 0, jobs: 0 }
    const it = start({ before: stallAt('queue', () => released), queue: () => offline }, HASTY)
    await it.send()
    release()
    await expect.poll(it.openHandles).toBe(0)
    expect(it.told).toEqual([])
  })
})

test('whatever Windows does, "not sent" means that no byte can come out, and "handed over" that all of it can', async () => {
  const CALLS = [
    'openPrinter',
    'queue',
    'driver',
    'startDoc',
    'startPage',
    'write',
    'endPage',
    'endDoc',
    'deleteJob',
    'closePrinter',
    'job',
  ] as const
  const fate = fc.record({
    call: fc.constantFrom(...CALLS),
    nth: fc.integer({ min: 1, max: 3 }),
    how: fc.constantFrom('refuses', 'stalls'),
  })
  const world = fc.record({
    fates: fc.array(fate, { maxLength: 3 }),
    pieces: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 6 }),
    attributes: fc.constantFrom(0, QUEUED, DIRECT, QUEUED | DIRECT),
    size: fc.integer({ min: 1, max: 20 }),
  })
  const times = { deadlineMs: 8, checkMs: 4, watchMs: 4, pollMs: 1 }
  await fc.assert(
    fc.asyncProperty(world, async ({ fates, pieces, attributes, size }) => {
      const double = createSpoolerDouble({
        before(call, nth) {
          const fate = fates.find((one) => one.call === call && one.nth === nth)
          if (fate?.how === 'stalls') return never()
          if (fate) throw refusal(call, 1726)
          return undefined
        },
        takes: (offered, nth) => Math.min(offered, pieces[(nth - 1) % pieces.length] ?? 0),
        queue: () => ({ attributes, status: 0, jobs: 0 }),
      })
      const spooler = { load: async () => double.winspool, within: createDeadline() }
      const transport = createSpoolerTransport({ queue: 'STRUK', spooler, times })
      const bytes = Uint8Array.from({ length: size }, (_, index) => index)
      const outcome = await transport.send(bytes, { tell: () => {}, closing: new AbortController().signal })
      const [job] = double.jobs
      const mayPrint = job && job.bytes.length > 0 && !(job.state === 'deleted' && attributes === QUEUED)
      if (outcome.kind === 'not_sent') expect(mayPrint ?? false).toBe(false)
      if (outcome.kind === 'handed_over') expect(job).toMatchObject({ bytes: [...bytes], state: 'whole' })
      expect(outcome.kind).not.toBe('confirmed')
      expect(double.jobs.length).toBeLessThan(2)
    }),
    { numRuns: 300 },
  )
})

test('a set-up names a printer of Windows, never one of its jobs or ports', () => {
  const parse = (queue: string) =>
    PrinterProfile.safeParse({ width: 80, transport: { kind: 'spooler', queue } }).success
  for (const name of ['STRUK', 'EPSON TM-T82 Receipt', '\\\\server\\STRUK', 'Pencetak (loket 3)']) {
    expect([name, parse(name)]).toEqual([name, true])
  }
  for (const name of ['', 'STRUK, Job 3', ',XcvMonitor Local Port', 'a\u0000b', 'x'.repeat(221)]) {
    expect([name, parse(name)]).toEqual([name, false])
  }
})
