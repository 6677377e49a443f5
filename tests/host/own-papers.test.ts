/** The mall's own papers, from the configuration that its server read to what comes out of a desk's printer. */
import { expect, it, onTestFinished } from 'vitest'
import { readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { createNetworkPrinter } from '#tests/devices/network-printer.ts'
import { OWN_PAPERS, SURVEY_URL } from '#tests/devices/picture/pictured-papers.ts'
import { commandId, must, openMall } from '#tests/support/mall.ts'

it("a slip and a receipt come out on the mall's own papers, with logo, payment and survey", async () => {
  const printer = await createNetworkPrinter()
  onTestFinished(() => printer.close())
  const mall = await openMall((config) => ({
    ...config,
    mall: { ...config.mall, surveyUrl: SURVEY_URL },
    papers: OWN_PAPERS,
  }))
  const transport = { kind: 'tcp', host: '127.0.0.1', port: printer.port }
  const options = { profile: { displays: [], printer: { width: 80, transport }, language: 'id' } }
  const front = await mall.desk('penerima-1', options)
  const counter = await mall.desk('polres-1', options)
  const papers = () =>
    printer.sheets
      .filter(({ printed }) => printed.length > 0)
      .map(({ printed }) => readEscPos(Uint8Array.from(printed)))
  const words = (paper: ReturnType<typeof papers>[number] | undefined) => paper?.lines.map(({ text }) => text.trim())

  await must(counter.client.invoke('counter.open', { commandId: commandId() }))
  const issue = { commandId: commandId(), serviceId: 'skck', priority: null, journeyId: null }
  await must(front.client.invoke('visit.issue', issue))
  await expect.poll(() => papers().length).toBe(1)
  expect(papers()[0]?.items[0]).toMatchObject({ kind: 'image', image: { width: 160, height: 64 } })
  expect(words(papers()[0])).toContain('Parkir gratis dengan struk ini.')

  await counter.until(({ waiting }) => waiting.some(({ mine }) => mine), 'the number in the hand')
  const { visitId, entryNo } = await must(counter.client.invoke('queue.callNext', { commandId: commandId() }))
  const ref = { visitId, entryNo }
  await must(counter.client.invoke('queue.startServing', { commandId: commandId(), ...ref }))
  const done = { ...ref, outcome: 'delivered', paymentReference: '820261121000001' } as const
  await must(counter.client.invoke('queue.complete', { commandId: commandId(), ...done }))
  await expect.poll(() => papers().length).toBe(2)
  expect(papers()[1]?.qr).toEqual([SURVEY_URL])
  expect(papers()[1]?.items[0]).toMatchObject({ kind: 'image' })
  expect(words(papers()[1])).toContain('Ref. bank: 820261121000001')
  await front.stop()
  await counter.stop()
})
