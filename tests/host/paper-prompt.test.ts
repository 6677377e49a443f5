/** From a printer's own word to the desk's banner, over a real line. */
import { afterEach, expect, it } from 'vitest'
import { readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { createNetworkPrinter, type NetworkPrinter } from '#tests/devices/network-printer.ts'
import { commandId, must, openMall } from '#tests/support/mall.ts'

let printer: NetworkPrinter | null = null
afterEach(async () => {
  await printer?.close()
})

it('an open cover is a prompt with a slip that waits, and closing it prints the slip once, by itself', async () => {
  const network = await createNetworkPrinter()
  printer = network
  network.coverOpen = true
  const mall = await openMall()
  const desk = await mall.desk('penerima-1', {
    profile: {
      led: null,
      printer: { width: 80, transport: { kind: 'tcp', host: '127.0.0.1', port: network.port } },
      language: 'id',
    },
  })
  const issue = { commandId: commandId(), serviceId: 'skck', priority: null, journeyId: null }
  const { label } = await must(desk.client.invoke('visit.issue', issue))
  const paused = await desk.until(({ printer }) => printer.state === 'failed', 'the prompt')
  expect(paused.printer.code).toBe('PRINTER_COVER_OPEN')
  expect(paused.printAttention).toMatchObject([{ label, document: 'slip', state: 'queued' }])

  network.coverOpen = false
  network.paperLow = true
  const mended = await desk.until(
    ({ printer, printAttention }) => printer.state === 'ready' && printAttention.length === 0,
    'the slip',
  )
  expect(mended.printer).toEqual({ state: 'ready', code: 'PRINTER_PAPER_LOW', detail: null })
  const sheets = network.sheets.filter((sheet) => sheet.printed.length > 0)
  expect(sheets).toHaveLength(1)
  expect(readEscPos(Uint8Array.from(sheets[0]?.printed ?? [])).lines.some(({ text }) => text === label)).toBe(true)
})
