import { describe, expect, it } from 'vitest'
import type { ReceiptDocument } from '#main/host/device-documents.ts'
import { buildCatalogue } from '#main/host/snapshot.ts'
import { findingsOf, openTestDesk, type TestDesk } from '#tests/support/test-desk.ts'

const DONE = { outcome: 'delivered', paymentReference: null }

/** An entry being served at polres-1. `change` edits its service. */
async function servingDesk(serviceId: string, change: object = {}) {
  const desk = openTestDesk()
  const config = desk.context.config()
  if (!config) throw new Error('the desk has no configuration')
  const services = config.services.map((one) => (one.id === serviceId ? { ...one, ...change } : one))
  desk.context.setConfig({ ...config, services })
  const ref = desk.grant(1, { serviceId })
  await desk.call('queue.callNext')
  await desk.call('queue.startServing', ref)
  desk.facts()
  desk.printer.isThere = true
  return { ...desk, ref, complete: (input: object) => desk.call('queue.complete', { ...ref, ...DONE, ...input }) }
}

function receiptOf({ repositories }: TestDesk): ReceiptDocument {
  return JSON.parse(repositories.printJobs.next()?.document ?? '{}')
}

describe('what was delivered', () => {
  it('is in the fact, in the row and on the receipt, with the tariff of all of it', async () => {
    const desk = await servingDesk('skck')
    const delivered = [
      { serviceId: 'skck', quantity: 2 },
      { serviceId: 'sim-c-perpanjangan', quantity: 1 },
    ]
    expect(await desk.complete({ delivered, paymentReference: 'NTPN-123456' })).toMatchObject({ ok: true })
    expect(desk.facts()).toMatchObject([{ type: 'entry.completed', data: { delivered } }])
    expect(desk.repositories.entries.get(desk.ref)).toMatchObject({ delivered })
    expect(receiptOf(desk)).toMatchObject({
      product: null,
      delivered: [{ name: expect.any(String), quantity: 2 }, { quantity: 1 }],
      tariffRupiah: 2 * 30_000 + 75_000,
    })
    expect(findingsOf(desk)).toEqual([])
  })

  it('is the own service once when nobody says anything, and the fact looks as ever', async () => {
    const desk = await servingDesk('skck')
    await desk.complete({})
    expect(Object.keys(desk.facts()[0]?.data ?? {})).not.toContain('delivered')
    expect(desk.repositories.entries.get(desk.ref)?.delivered).toBeNull()
    const { product, delivered, tariffRupiah } = receiptOf(desk)
    expect({ product, delivered, tariffRupiah }).toEqual({
      ...{ product: expect.stringMatching(/\w/), delivered: [], tariffRupiah: 30_000 },
    })
  })

  it('has to be said where the service asks for it, but only of what was delivered', async () => {
    const desk = await servingDesk('surat-kehilangan', { asksDelivered: true })
    expect(buildCatalogue(desk.context).services.filter((one) => one.asksDelivered)).toMatchObject([
      { id: 'surat-kehilangan' },
    ])
    expect(await desk.complete({})).toMatchObject({ code: 'DELIVERED_MISSING' })
    expect(await desk.complete({ outcome: 'incomplete' })).toMatchObject({ ok: true })
    const other = await servingDesk('surat-kehilangan', { asksDelivered: true })
    const delivered = [{ serviceId: 'surat-kehilangan', quantity: 1 }]
    const first = { delivered, commandId: crypto.randomUUID() }
    expect(await other.complete(first)).toMatchObject({ ok: true })
    expect(await other.complete({ commandId: first.commandId })).toMatchObject({ ok: true })
  })

  it('is of this counter’s agency, also at another counter of it, and never of another one', async () => {
    const desk = await servingDesk('surat-kehilangan')
    const wrong = async (serviceId: string) => (await desk.complete({ delivered: [{ serviceId, quantity: 1 }] })).code
    expect([await wrong('ktp-el-baru'), await wrong('tidak-ada')]).toEqual(['SERVICE_UNKNOWN', 'SERVICE_UNKNOWN'])
    expect(desk.facts()).toEqual([])
    expect(await wrong('sim-a-perpanjangan')).toBeUndefined()
  })

  it.each([
    ['nothing', []],
    ['none of it', [{ serviceId: 'skck', quantity: 0 }]],
    ['a hundred', [{ serviceId: 'skck', quantity: 100 }]],
    ['half', [{ serviceId: 'skck', quantity: 0.5 }]],
    ['a service twice', [1, 2].map((quantity) => ({ serviceId: 'skck', quantity }))],
  ])('is refused when it is %s', async (_what, delivered) => {
    const desk = await servingDesk('skck')
    expect(await desk.complete({ delivered })).toMatchObject({ code: 'BAD_INPUT' })
  })

  it('is nothing when the service was refused or could not be finished', async () => {
    const desk = await servingDesk('skck')
    const delivered = [{ serviceId: 'skck', quantity: 1 }]
    expect(await desk.complete({ outcome: 'rejected', delivered })).toMatchObject({ code: 'NOTHING_DELIVERED' })
  })

  it('may be paid for when a free service came with one that is not', async () => {
    const desk = await servingDesk('surat-kehilangan')
    const paid = { paymentReference: 'NTPN-123456' }
    const own = [{ serviceId: 'surat-kehilangan', quantity: 1 }]
    expect(await desk.complete({ ...paid, delivered: own })).toMatchObject({ code: 'SERVICE_IS_FREE' })
    expect(await desk.complete({ ...paid, delivered: [...own, { serviceId: 'skck', quantity: 1 }] })).toMatchObject({
      ok: true,
    })
  })
})
