/** Acts on the entry at the desk. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide } from '#domain/desk.ts'
import type { DeskCommand } from '#domain/desk-command.ts'
import type { Entry } from '#domain/entry.ts'
import { after, called, codeOf, type Desk, factsOf, hand, ON, READY, serving } from '#tests/domain/desk-states.ts'

test('a number is called as often as the mall says, and not once more', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), (limit) => {
      const rule = { limit, after: 'requeue' } as const
      const first = after({ ...READY, recall: rule }, { kind: 'callNext' })
      const last = Array.from({ length: 20 }).reduce<Desk>((desk) => after(desk, { kind: 'callAgain', ...ON }), first)
      expect(last.current?.calls).toBe(limit)
      expect(codeOf(last, { kind: 'callAgain', ...ON })).toBe('RECALL_LIMIT')
      // Sent to the end and called once more, it begins anew.
      const returned = after(last, { kind: 'returnToQueue', to: 'end', ...ON })
      expect(after({ ...returned, hand: [hand(1)] }, { kind: 'callNext' }).current?.calls).toBe(1)
    }),
  )
})

describe('at the desk', () => {
  test('it is transferred to another counter of the same service, but not to where it is', () => {
    const to = (toServiceId: string, toCounterId: string | null): DeskCommand => ({
      kind: 'transfer',
      toServiceId,
      toCounterId,
      place: 'end',
      returns: false,
      ...ON,
    })
    expect(factsOf(serving, to('ktp', 'loket-2'))).toMatchObject([{ data: { toCounterId: 'loket-2', toEntryNo: 2 } }])
    expect([codeOf(serving, to('ktp', null)), codeOf(serving, to('ktp', 'loket-1'))]).toEqual([
      'SAME_SERVICE',
      'SAME_SERVICE',
    ])
    expect(factsOf(serving, to('kk', null))).toMatchObject([{ type: 'entry.transferred' }])
  })

  test('calling again counts up', () => {
    const again = after(called, { kind: 'callAgain', ...ON })
    expect(decide(again, { kind: 'callAgain', ...ON })).toMatchObject({ facts: [{ data: { times: 3 } }] })
  })

  test('completing carries the measured duration, or an estimated zero when there is none', () => {
    const command: DeskCommand = {
      kind: 'complete',
      outcome: 'rejected',
      paymentReference: null,
      delivered: null,
      ...ON,
    }
    const measured = { ...serving, served: { ms: 90_000, estimated: false } }
    expect(decide(measured, command)).toMatchObject({
      facts: [{ data: { outcome: 'rejected', served: { ms: 90_000 } } }],
    })
    expect(decide(serving, command)).toMatchObject({ facts: [{ data: { served: { ms: 0, estimated: true } } }] })
  })

  test('completing names the payment to the bank only when there is one: facts of free services look as ever', () => {
    const command: DeskCommand = {
      kind: 'complete',
      outcome: 'delivered',
      paymentReference: null,
      delivered: null,
      ...ON,
    }
    expect(JSON.stringify(factsOf(serving, command))).not.toContain('paymentReference')
    expect(factsOf(serving, { ...command, paymentReference: 'NTPN-1' })).toMatchObject([
      { data: { outcome: 'delivered', paymentReference: 'NTPN-1' } },
    ])
  })

  test('completing names what was delivered only when somebody said it', () => {
    const command: DeskCommand = {
      ...{ kind: 'complete', outcome: 'delivered', paymentReference: null, delivered: null },
      ...ON,
    }
    expect(JSON.stringify(factsOf(serving, command))).not.toContain('"delivered":[')
    const delivered = [{ serviceId: 'kk', quantity: 2 }]
    expect(factsOf(serving, { ...command, delivered })).toMatchObject([{ data: { delivered } }])
  })

  test('forwarding opens the next entry elsewhere, never at the same service', () => {
    const command: DeskCommand = { kind: 'forward', toServiceId: 'kk', journeyId: 'paket', handsOver: null, ...ON }
    expect(decide(serving, command)).toMatchObject({
      facts: [{ type: 'entry.forwarded', data: { toServiceId: 'kk', toEntryNo: 2, journeyId: 'paket' } }],
    })
    expect(decide(serving, { ...command, toServiceId: 'ktp' })).toEqual({ ok: false, code: 'SAME_SERVICE' })
  })

  test('a no-show tells how often was called; after serving began it is refused', () => {
    expect(decide(called, { kind: 'noShow', ...ON })).toMatchObject({ facts: [{ data: { calls: 1 } }] })
    expect(decide(serving, { kind: 'noShow', ...ON })).toEqual({ ok: false, code: 'NOT_ALLOWED_NOW' })
  })
})

describe('what returns to the queue', () => {
  test('keeps its place unless it is sent to the end', () => {
    expect(decide(called, { kind: 'returnToQueue', to: 'place', ...ON })).toEqual({
      ok: true,
      facts: [{ type: 'entry.returned', data: ON }],
    })
    expect(decide(called, { kind: 'returnToQueue', to: 'end', ...ON })).toEqual({
      ok: true,
      facts: [{ type: 'entry.returned', data: { ...ON, to: 'end' } }],
    })
    const waitingSince = (['place', 'end'] as const).map(
      (to) => after(called, { kind: 'returnToQueue', to, ...ON }).opened['visit-1 1']?.waitingSince,
    )
    // The fold of this test happens at 1 000.
    expect(waitingSince).toEqual([1, 1_000])
  })
})

describe('a transfer', () => {
  const to = (over: object = {}): DeskCommand => ({
    ...{ kind: 'transfer', toServiceId: 'kk', toCounterId: null, place: 'end', returns: false, ...ON },
    ...over,
  })
  const back = { serviceId: 'ktp', counterId: 'loket-1', journeyId: null }
  const promised = { serviceId: 'kk', counterId: 'loket-9', journeyId: null }
  const sentHere = { ...serving, current: { ...(serving.current as Entry), returnsTo: promised } }

  test('to the end without a way back is written as it always was', () => {
    const [fact] = factsOf(serving, to())
    expect(JSON.parse(JSON.stringify(fact))).toEqual({
      type: 'entry.transferred',
      data: { ...ON, toServiceId: 'kk', toCounterId: null, toEntryNo: 2, served: null },
    })
  })

  test.each(['front', 'arrival'] as const)('to the %s names that place', (place) => {
    expect(factsOf(serving, to({ place }))).toMatchObject([{ data: { place } }])
  })

  test('with a way back promises this counter and this service, and the journey on which the visit is', () => {
    expect(factsOf(serving, to({ returns: true }))).toMatchObject([{ data: { returnsTo: back } }])
    const onJourney = { ...serving, current: { ...(serving.current as Entry), journeyId: 'ktp-hilang' } }
    expect(factsOf(onJourney, to({ returns: true }))).toMatchObject([
      { data: { returnsTo: { ...back, journeyId: 'ktp-hilang' } } },
    ])
  })

  test('keeps the journey where only the counter changes', () => {
    const onJourney = { ...serving, current: { ...(serving.current as Entry), journeyId: 'ktp-hilang' } }
    const sameService = to({ toServiceId: 'ktp', toCounterId: 'loket-2' })
    expect(factsOf(onJourney, sameService)).toMatchObject([{ data: { journeyId: 'ktp-hilang' } }])
    expect(factsOf(onJourney, to())).toMatchObject([{ data: { journeyId: undefined } }])
  })

  test('takes a promised way back along, and gives none twice', () => {
    expect(factsOf(sentHere, to())).toMatchObject([{ data: { returnsTo: promised } }])
    expect(codeOf(sentHere, to({ returns: true }))).toBe('ALREADY_RETURNS')
    const forward: DeskCommand = { kind: 'forward', toServiceId: 'kk', journeyId: null, handsOver: null, ...ON }
    expect(factsOf(sentHere, forward)).toMatchObject([{ data: { returnsTo: promised } }])
  })

  test('that is completed goes back to where it came from, by the fact that completes it', () => {
    const complete: DeskCommand = {
      kind: 'complete',
      outcome: 'delivered',
      paymentReference: null,
      delivered: null,
      ...ON,
    }
    expect(factsOf(sentHere, complete)).toMatchObject([{ type: 'entry.completed', data: { returnsTo: promised } }])
    expect(factsOf(serving, complete)).toMatchObject([{ data: { returnsTo: undefined } }])
  })
})

describe('a way back that leads to the counter where the visitor is', () => {
  const transfer = (over: object = {}): DeskCommand => ({
    ...{ kind: 'transfer', toServiceId: 'kk', toCounterId: null, place: 'end', returns: false, ...ON },
    ...over,
  })
  const complete: DeskCommand = {
    ...{ kind: 'complete', outcome: 'delivered', paymentReference: null, delivered: null, ...ON },
  }
  const forward: DeskCommand = { kind: 'forward', toServiceId: 'kk', journeyId: null, handsOver: null, ...ON }
  const promised = (counterId: string): Desk => {
    const returnsTo = { serviceId: 'ktp', counterId, journeyId: null }
    return { ...serving, current: { ...(serving.current as Entry), returnsTo } }
  }
  const kept = (state: Desk, command: DeskCommand) => {
    const [fact] = factsOf(state, command)
    return (fact as { data: { returnsTo?: { counterId: string } } }).data.returnsTo?.counterId ?? null
  }

  test('is kept by whoever came back by hand: completed, forwarded or transferred, nobody is called there again', () => {
    const here = promised('loket-1')
    expect([kept(here, complete), kept(here, forward), kept(here, transfer())]).toEqual([null, null, null])
    const away = promised('loket-2')
    expect([kept(away, complete), kept(away, forward), kept(away, transfer())]).toEqual(Array(3).fill('loket-2'))
  })

  test('is kept by the transfer that names it, and a new one may be promised then', () => {
    expect(kept(promised('loket-2'), transfer({ toCounterId: 'loket-2' }))).toBeNull()
    expect(kept(promised('loket-2'), transfer({ toCounterId: 'loket-3' }))).toBe('loket-2')
    expect(kept(promised('loket-2'), transfer({ toCounterId: 'loket-2', returns: true }))).toBe('loket-1')
    expect(kept(promised('loket-1'), transfer({ returns: true }))).toBe('loket-1')
  })

  test('is not promised to whoever stays at this counter for another of its services', () => {
    expect(kept(serving, transfer({ toCounterId: 'loket-1', returns: true }))).toBeNull()
  })
})
