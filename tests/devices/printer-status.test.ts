import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { openTcpLine } from '#main/host/devices/printer/line-tcp.ts'
import { createLineTransport, type LineTimes } from '#main/host/devices/printer/line-transport.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { conditionOf, createReplyReader, type PrinterCondition } from '#main/host/devices/printer/status.ts'
import { createNetworkPrinter, type NetworkPrinter } from '#tests/devices/network-printer.ts'
import { slip } from '#tests/devices/samples.ts'
import { eventually } from '#tests/support/eventually.ts'

const JOB = renderDocument(slip, 80)
const WELL = { blocked: null, paperLow: false }

const printers: NetworkPrinter[] = []
afterEach(async () => {
  await Promise.all(printers.splice(0).map((printer) => printer.close()))
})

async function start(change: Partial<NetworkPrinter> = {}, times: Partial<LineTimes> = {}) {
  const printer = Object.assign(await createNetworkPrinter(), change)
  printers.push(printer)
  const transport = createLineTransport({
    open: (withinMs) => openTcpLine({ host: '127.0.0.1', port: printer.port }, withinMs),
    asksStatus: true,
    times: { deadlineMs: 5000, answerMs: 1000, pollMs: 20, confirmMs: 3000, ...times },
  })
  const told: PrinterCondition[] = []
  const closing = new AbortController()
  const send = () => transport.send(JOB, { tell: (condition) => told.push(condition), closing: closing.signal })
  const printed = () => printer.sheets.map((sheet) => sheet.printed.length).filter((length) => length > 0)
  return { printer, transport, send, told, closing, printed }
}

describe('status bytes', () => {
  test.each([
    ['12 12 12', null, false],
    ['1a 12 12', 'PRINTER_OFFLINE', false],
    ['1a 16 12', 'PRINTER_COVER_OPEN', false],
    ['1a 32 7e', 'PRINTER_PAPER_OUT', true],
    ['1a 12 72', 'PRINTER_PAPER_OUT', false],
    ['1a 36 7e', 'PRINTER_COVER_OPEN', true],
    ['12 52 12', 'PRINTER_OFFLINE', false],
    ['12 12 1e', null, true],
    // The drawer's pin and the feed button are nobody's trouble.
    ['16 1a 12', null, false],
  ])('%s mean %s', (hex, code, paperLow) => {
    const [printer = 0, cause = 0, paper = 0] = Buffer.from(hex.replaceAll(' ', ''), 'hex')
    const condition = conditionOf([printer, cause, paper])
    expect(condition.blocked?.code ?? null).toBe(code)
    expect(condition.paperLow).toBe(paperLow)
  })

  test('are told apart from the answer to GS r, flow control and garbage', () => {
    const read = createReplyReader()
    expect(read(Uint8Array.of(0x12, 0x11, 0x13, 0x00, 0x0c))).toEqual([
      { kind: 'status', byte: 0x12 },
      { kind: 'processed', paperPresent: true },
      { kind: 'processed', paperPresent: false },
    ])
    expect(read(Buffer.from('A')).map(({ kind }) => kind)).toEqual(['garbage'])
  })

  test('of an automatic status in any pieces are no answer to anything', () => {
    const read = createReplyReader()
    expect([...read(Uint8Array.of(0x14, 0x00)), ...read(Uint8Array.of(0x00)), ...read(Uint8Array.of(0x0f))]).toEqual([])
    expect(read(Uint8Array.of(0x00))).toEqual([{ kind: 'processed', paperPresent: true }])
  })
})

describe('a job to a printer that answers', () => {
  test('is confirmed when the printer says that it processed everything', async () => {
    const { send, printed, told } = await start()
    expect(await send()).toEqual({ kind: 'confirmed' })
    expect(printed()).toEqual([JOB.length])
    // Before and after, at least.
    expect(told.length).toBeGreaterThan(1)
    expect(told.filter((condition) => condition.blocked || condition.paperLow)).toEqual([])
  })

  test.each([
    ['out of paper', { paperLeft: 0 }, 'PRINTER_PAPER_OUT'],
    ['with its cover open', { coverOpen: true }, 'PRINTER_COVER_OPEN'],
    ['with a jammed cutter', { error: true }, 'PRINTER_OFFLINE'],
  ] as const)('that is %s is not sent, not even one byte', async (_, change, code) => {
    const { send, printed, told } = await start(change)
    expect(await send()).toMatchObject({ kind: 'not_sent', code })
    expect(printed()).toEqual([])
    expect(told.map(({ blocked }) => blocked?.code)).toEqual([code])
  })

  test('that runs low is confirmed with a hint', async () => {
    const { send, told } = await start({ paperLow: true })
    expect(await send()).toEqual({ kind: 'confirmed' })
    expect(told.at(-1)).toEqual({ blocked: null, paperLow: true })
  })

  test('that runs out of paper in the middle waits there, and is confirmed after the refill', async () => {
    const { send, printer, printed, told } = await start({ paperLeft: 100 }, { confirmMs: 500 })
    const outcome = send()
    await eventually(() => expect(told.at(-1)?.blocked?.code).toBe('PRINTER_PAPER_OUT'))
    // Longer than a healthy printer may take.
    await delay(800)
    expect(printed()).toEqual([100])
    printer.paperLeft = Number.POSITIVE_INFINITY
    printer.goOn()
    expect(await outcome).toEqual({ kind: 'confirmed' })
    expect(printed()).toEqual([JOB.length])
    expect(told.at(-1)).toEqual(WELL)
  })

  test('whose cover is opened in the middle is unknown when it is switched off then', async () => {
    const { send, printer, told } = await start({ paperLeft: 100 })
    const outcome = send()
    await eventually(() => expect(told.at(-1)?.blocked?.code).toBe('PRINTER_PAPER_OUT'))
    printer.coverOpen = true
    await eventually(() => expect(told.at(-1)?.blocked?.code).toBe('PRINTER_COVER_OPEN'))
    await printer.switchOff()
    expect(await outcome).toMatchObject({ kind: 'unknown', code: 'PRINTER_COVER_OPEN' })
  })

  test('that waits in the printer for paper is unknown when the desk closes', async () => {
    const { send, closing, told } = await start({ paperLeft: 100 })
    const outcome = send()
    await eventually(() => expect(told.at(-1)?.blocked?.code).toBe('PRINTER_PAPER_OUT'))
    closing.abort()
    expect(await outcome).toMatchObject({ kind: 'unknown', code: 'PRINTER_PAPER_OUT' })
  })

  test('only in real time is handed over, because that answer overtakes the job', async () => {
    const { send, printed } = await start({ answers: 'real-time only' }, { confirmMs: 300 })
    for (let job = 1; job <= 3; job++) expect(await send()).toEqual({ kind: 'handed_over' })
    const started = performance.now()
    expect(await send()).toEqual({ kind: 'handed_over' })
    // Asked in vain three times, it is no longer waited for.
    expect(performance.now() - started).toBeLessThan(290)
    expect(printed()).toHaveLength(4)
  })

  test('only in real time, and has no paper when the job has left, is unknown after the refill', async () => {
    const { send, printer, told } = await start({ answers: 'real-time only' }, { confirmMs: 300 })
    for (let job = 1; job <= 3; job++) await send()
    told.length = 0
    printer.paperLeft = 100
    const outcome = send()
    await eventually(() => expect(told.at(-1)?.blocked?.code).toBe('PRINTER_PAPER_OUT'))
    printer.paperLeft = Number.POSITIVE_INFINITY
    printer.goOn()
    // Nobody but the officer can say whether the sheet is whole.
    expect(await outcome).toMatchObject({ kind: 'unknown', code: 'PRINTER_PAPER_OUT' })
    expect(told.at(-1)?.blocked).toBeNull()
  })

  test('with garbage is handed over, as to one that answers nothing', async () => {
    const { send, printed, told } = await start({ answers: 'garbage' })
    expect(await send()).toEqual({ kind: 'handed_over' })
    expect(printed()).toEqual([JOB.length])
    expect(told).toEqual([])
  })

  test('is handed over when the printer closes in order instead of telling that it is done', async () => {
    // Three questions of three bytes come before the job.
    const { send, printed } = await start({ answers: 'real-time only', manner: { hangsUpAfter: 9 + JOB.length } })
    expect(await send()).toEqual({ kind: 'handed_over' })
    expect(printed()).toEqual([JOB.length])
  })

  test('is cut off in the middle: unknown', async () => {
    const { send } = await start({ manner: { cutAfter: 200 } })
    expect(await send()).toMatchObject({ kind: 'unknown', code: 'PRINTER_CUT_OFF' })
  })

  test('and stops answering is not sent until it answers again', async () => {
    const { send, printer, printed, transport } = await start({}, { answerMs: 200 })
    await send()
    printer.answers = 'nothing'
    for (let attempt = 1; attempt <= 3; attempt++) {
      expect(await send()).toMatchObject({ kind: 'not_sent', code: 'PRINTER_OFFLINE' })
    }
    expect(await transport.check()).toMatchObject({ kind: 'fault', code: 'PRINTER_OFFLINE' })
    expect(printed()).toHaveLength(1)
    printer.answers = 'all'
    expect(await send()).toEqual({ kind: 'confirmed' })
  })

  test('and stays silent for half a minute of looks is used as one that answers nothing', async () => {
    const { send, printer, printed, transport } = await start({}, { answerMs: 20 })
    await send()
    printer.answers = 'nothing'
    for (let look = 1; look <= 14; look++) {
      expect(await transport.check()).toMatchObject({ kind: 'fault', code: 'PRINTER_OFFLINE' })
    }
    expect(await transport.check()).toEqual({ kind: 'silent' })
    expect(await send()).toEqual({ kind: 'handed_over' })
    expect(printed()).toHaveLength(2)
  })

  test('was silent while it started is asked again after a failure', async () => {
    const { send, printer } = await start({ answers: 'nothing' }, { answerMs: 200 })
    expect(await send()).toEqual({ kind: 'handed_over' })
    await printer.switchOff()
    expect(await send()).toMatchObject({ kind: 'not_sent', code: 'PRINTER_REFUSED' })
    printer.answers = 'all'
    await printer.switchOn()
    expect(await send()).toEqual({ kind: 'confirmed' })
  })
})

describe('a check without a job', () => {
  test('tells the condition and prints nothing', async () => {
    const { transport, printer, printed } = await start({ coverOpen: true })
    expect(await transport.check()).toMatchObject({ condition: { blocked: { code: 'PRINTER_COVER_OPEN' } } })
    printer.coverOpen = false
    expect(await transport.check()).toEqual({ kind: 'condition', condition: WELL })
    expect(printed()).toEqual([])
  })

  test('of a printer that is switched off is a fault', async () => {
    const { transport, printer } = await start()
    await printer.switchOff()
    expect(await transport.check()).toMatchObject({ kind: 'fault', code: 'PRINTER_REFUSED' })
  })
})
