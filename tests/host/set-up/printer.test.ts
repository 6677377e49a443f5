import { describe, expect, onTestFinished, test } from 'vitest'
import { readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { createNetworkPrinter } from '#tests/devices/network-printer.ts'
import { NO_DEVICES, newPc } from '#tests/host/set-up/new-pc.ts'
import { commandId, must, openMall } from '#tests/support/mall.ts'

describe('a printer', () => {
  test('prints a paper that says it is a test, and is free again after it', async () => {
    const network = await createNetworkPrinter()
    onTestFinished(() => network.close())
    const pc = newPc()
    const printer = { width: 58, transport: { kind: 'tcp', host: '127.0.0.1', port: network.port } }
    await must(pc.client.invoke('devices.save', { profile: { ...NO_DEVICES, printer } }))
    expect(await must(pc.client.invoke('devices.tryPrinter', { printer, paper: 'slip', papers: null }))).toEqual({
      kind: 'confirmed',
      code: null,
      detail: null,
      hints: [],
      paperLow: false,
    })
    const { lines } = readEscPos(Uint8Array.from(network.sheets.flatMap(({ printed }) => printed)))
    expect(lines[0]?.text).toBe('UJI CETAK')
    await pc.until((snapshot) => snapshot.printer.state === 'ready')
  })

  test('prints a draft of the templates on demand, marked as a test, and nothing of a wrong one', async () => {
    const network = await createNetworkPrinter()
    onTestFinished(() => network.close())
    const { client } = newPc()
    const printer = { width: 80, transport: { kind: 'tcp', host: '127.0.0.1', port: network.port } }
    const wrong = { slip: [{ kind: 'number' }, { kind: 'nomor' }] }
    expect(await client.invoke('devices.tryPrinter', { printer, paper: 'slip', papers: wrong })).toMatchObject({
      ok: false,
      code: 'TEMPLATE_WRONG',
      detail: { at: 'papers.slip[1].kind', rule: expect.stringMatching(/./) },
    })
    expect(network.connections()).toBe(0)
    const words = { kind: 'text', text: { id: 'Parkir gratis' } }
    const papers = { slip: [{ kind: 'number' }, { kind: 'service' }, { kind: 'qr' }, words] }
    const printed = await must(client.invoke('devices.tryPrinter', { printer, paper: 'slip', papers }))
    expect(printed).toMatchObject({ kind: 'confirmed' })
    const lines = readEscPos(Uint8Array.from(network.sheets[0]?.printed ?? [])).lines.map(({ text }) => text)
    expect(lines[0]).toBe('UJI CETAK')
    expect(lines).toContain('Parkir gratis')
    expect(lines.join()).not.toContain('Mal Pelayanan Publik')
  })

  test('without paper, with an open cover, or that is not there is said so, with what to look at', async () => {
    const network = await createNetworkPrinter()
    onTestFinished(() => network.close())
    const { client } = newPc()
    const printer = { width: 80, transport: { kind: 'tcp', host: '127.0.0.1', port: network.port } }
    const tried = () => must(client.invoke('devices.tryPrinter', { printer, paper: 'receipt', papers: null }))
    network.coverOpen = true
    expect(await tried()).toMatchObject({ kind: 'not_sent', code: 'PRINTER_COVER_OPEN', hints: ['HINT_COVER'] })
    network.coverOpen = false
    network.paperLeft = 0
    expect(await tried()).toMatchObject({ kind: 'not_sent', code: 'PRINTER_PAPER_OUT', hints: ['HINT_PAPER'] })
    await network.switchOff()
    expect(await tried()).toMatchObject({ kind: 'not_sent', code: 'PRINTER_REFUSED', hints: ['HINT_NETWORK'] })
  })

  test('is previewed with the mall’s templates or a draft of others, whose faults are named', async () => {
    const { client } = newPc()
    const preview = (papers: Record<string, unknown> | null) =>
      must(client.invoke('devices.previewPaper', { width: 80, paper: 'slip', papers }))
    const usual = await preview(null)
    expect(usual).toMatchObject({ problems: [], warnings: [] })
    expect(usual.picture?.lines.map(({ text }) => text)).toContain('NOMOR ANTREAN')
    const blocks = [{ kind: 'number' }, { kind: 'service' }, { kind: 'qr' }]
    const odd = await preview({ slip: [...blocks, { kind: 'text', text: { id: 'Selamat datang 欢迎' } }] })
    expect(odd.problems).toEqual([])
    expect(odd.warnings).toMatchObject([{ at: 'papers.slip[3].text.id' }])
    const wrong = await preview({ slip: [{ kind: 'number' }] })
    expect(wrong.picture).toBeNull()
    expect(wrong.problems[0]).toMatchObject({ at: expect.stringContaining('papers.slip') })
    const big = await preview({ logo: `data:image/png;base64,${'A'.repeat(400_000)}` })
    expect(big).toMatchObject({ picture: null, problems: [{ at: 'papers.logo' }] })
  })
})

test('slips that wait for a printer that is taken away do not come out of the next one', async () => {
  const mall = await openMall()
  const front = await mall.desk('penerima-1', {
    profile: { ...NO_DEVICES, printer: { width: 80, transport: { kind: 'tcp', host: '127.0.0.1', port: 9 } } },
  })
  const visit = { commandId: commandId(), serviceId: 'skck', priority: null, journeyId: null }
  await must(front.client.invoke('visit.issue', visit))
  await front.until(({ printAttention }) => printAttention.some(({ state }) => state === 'queued'))
  await must(front.client.invoke('session.signOut', {}))
  await must(front.client.invoke('session.signIn', { officerId: 'penyelia-mal', pin: '428016' }))
  await must(front.client.invoke('devices.save', { profile: NO_DEVICES }))
  await front.until(({ printAttention }) => printAttention.every(({ code }) => code === 'PRINTER_REMOVED'))
  const network = await createNetworkPrinter()
  onTestFinished(() => network.close())
  const transport = { kind: 'tcp', host: '127.0.0.1', port: network.port }
  await must(front.client.invoke('devices.save', { profile: { ...NO_DEVICES, printer: { width: 80, transport } } }))
  await front.until(({ printer }) => printer.state === 'ready')
  await must(
    front.client.invoke('devices.tryPrinter', { printer: { width: 80, transport }, paper: 'slip', papers: null }),
  )
  expect(network.sheets.filter(({ printed }) => printed.length > 0)).toHaveLength(1)
})
