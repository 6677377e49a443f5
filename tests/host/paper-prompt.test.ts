/** From a printer's own word to the desk's banner, over a real line. */
import { readFileSync } from 'node:fs'
import { afterEach, expect, it } from 'vitest'
import { MallConfig } from '#contract/mall-config.ts'
import { readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { createNetworkPrinter, type NetworkPrinter } from '#tests/devices/network-printer.ts'
import { commandId, must, openMall } from '#tests/support/mall.ts'

const SAMPLE_MALL = new URL('../../config/contoh-mpp.json', import.meta.url)

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
      displays: [],
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
  const printed = () =>
    network.sheets.map((sheet) => Uint8Array.from(sheet.printed)).filter((bytes) => bytes.length > 0)
  await expect.poll(() => printed().length).toBe(1)
  const mended = await desk.until(({ printer }) => printer.state === 'ready' && printer.code !== null, 'the hint')
  expect(mended.printer).toMatchObject({ state: 'ready', code: 'PRINTER_PAPER_LOW', detail: null })
  expect(mended.printAttention).toEqual([])
  await desk.stop()
  const papers = printed().map((bytes) => readEscPos(bytes).lines.map(({ text }) => text))
  expect(papers).toHaveLength(1)
  const lines = papers[0]?.map((line) => line.replace(/ {2,}/g, ' ').trim())
  expect(lines?.filter((line) => line === label)).toHaveLength(1)
  // The published standard of the service, as the mall's configuration has it.
  const { mall: place, services } = MallConfig.parse(JSON.parse(readFileSync(SAMPLE_MALL, 'utf8')))
  const service = services.find(({ id }) => id === 'skck')
  expect(lines?.join(' ')).toContain(service?.product)
  expect(lines?.join(' ')).toContain(place.complaintChannel)
})
