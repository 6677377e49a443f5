/** Hello, nonce and sidecar: which store may play its hand, and what a new generation or a restored server does to it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { HelloReply } from '#contract/wire/hello.ts'
import { createFileSidecar, sidecarPath } from '#main/host/sidecar.ts'
import { assertRequest, takeAssert } from '#main/host/sync/steps/assertion.ts'
import { helloRequest, takeHello } from '#main/host/sync/steps/hello.ts'
import { takeRefusal } from '#main/host/sync/steps/take-push.ts'
import { takeGrant } from '#main/host/take-grant.ts'
import { memorySidecar } from '#tests/support/memory-sidecar.ts'
import { findingsOf, grantOf, NINE, openTestDesk, type TestDesk, TODAY } from '#tests/support/test-desk.ts'

function reply(over: Partial<HelloReply> = {}): HelloReply {
  return {
    ...{ incarnation: 1, generation: 1, nonce: 'nonce-1', ackedSeq: 0, headHash: '0'.repeat(64), assertNeeded: false },
    ...{ session: null, serverTime: NINE },
    ...over,
  }
}

const inDoubt = ({ context }: TestDesk) => context.identity.inDoubt()

describe('hello', () => {
  it('begins without a nonce, and says the newest one from then on', () => {
    const sidecar = memorySidecar()
    const desk = openTestDesk({ sidecar })
    expect(helloRequest(desk.context)).toMatchObject({ nonce: null, incarnation: 0, headSeq: 0, signedHead: null })
    expect(takeHello(desk.context, reply())).toEqual({ assert: false })
    takeHello(desk.context, reply({ nonce: 'nonce-2' }))
    expect(helloRequest(desk.context)).toMatchObject({ nonce: 'nonce-2', incarnation: 1 })
    expect(sidecar.content).toEqual({ nonce: 'nonce-2', pendingNonce: null, machine: 'this-pc' })
  })

  it('accepts that the server has less than before, and doubts when it has another log', async () => {
    const desk = openTestDesk()
    desk.grant(1)
    await desk.call('queue.callNext')
    desk.repositories.device.set({ acked_seq: 1 })
    takeHello(desk.context, reply({ ackedSeq: 0 }))
    expect(desk.repositories.device.get()?.acked_seq).toBe(0)
    expect(inDoubt(desk)).toBe(false)
    takeHello(desk.context, reply({ ackedSeq: 1, headHash: 'f'.repeat(64) }))
    expect(inDoubt(desk)).toBe(true)
    expect(helloRequest(desk.context).nonce).toBeNull()
  })

  it.each([
    ['another device opened the counter', { epoch: 2, mine: false, open: true }, true],
    ['a supervisor ended this session', { epoch: 1, mine: false, open: false }, true],
    ['it is still this desk', { epoch: 1, mine: true, open: true }, false],
    ['nobody opened the counter', null, false],
  ])('gives everything back and closes when %s: %o', (_what, session, isOver) => {
    const desk = openTestDesk()
    desk.grant(1)
    takeHello(desk.context, reply({ session }))
    expect(desk.facts().map(({ type }) => type)).toEqual(isOver ? ['entry.released', 'counter.closed'] : [])
    expect(desk.repositories.desk.get()).toMatchObject(isOver ? { open: false, counter: null } : { open: true })
  })

  it('with a higher generation begins a new chain with an empty hand and a closed counter, and keeps the old log', async () => {
    const desk = openTestDesk()
    const [first, second] = [desk.grant(1), desk.grant(2)]
    await desk.call('queue.callNext')
    await desk.call('queue.noShow', first)
    takeRefusal(desk.context, 'DEVICE_IN_DOUBT')
    expect(await desk.call('queue.callNext')).toMatchObject({ code: 'STORE_IN_DOUBT' })
    takeHello(desk.context, reply({ generation: 2 }))
    expect(inDoubt(desk)).toBe(false)
    expect(desk.repositories.hand.get(second)?.state).toBe('void')
    expect(desk.repositories.desk.get()).toMatchObject({ open: false, counter: null })
    expect(desk.repositories.events.head(2).seq).toBe(0)
    desk.store.transaction(() =>
      desk.repositories.desk.set({ open: true, counter: { counterId: 'polres-1', epoch: 2 } }),
    )
    desk.grant(3)
    await desk.call('queue.callNext')
    expect(JSON.parse(desk.repositories.events.get(2, 1)?.body ?? '')).toMatchObject({ generation: 2, seq: 1 })
    expect(findingsOf(desk)).toEqual([])
  })
})

describe('a restored server', () => {
  it('is told all custody of today, and counts as known only after that', () => {
    const desk = openTestDesk()
    takeHello(desk.context, reply())
    const [held, released] = [desk.grant(1), desk.grant(2)]
    desk.grant(3, { businessDate: '2026-11-20' })
    desk.repositories.hand.setState(released, 'released')
    desk.repositories.device.set({ cursor: 70 })
    const stale = { epoch: 0, mine: false, open: false } as unknown as HelloReply['session']
    const after = reply({ incarnation: 2, assertNeeded: true, session: stale })
    expect(takeHello(desk.context, after)).toEqual({ assert: true })
    // An older session than this desk has is what the server forgot, not what it decided.
    expect(desk.repositories.desk.get().open).toBe(true)
    expect(helloRequest(desk.context).incarnation).toBe(1)
    expect(desk.repositories.device.get()?.cursor).toBe(0)
    const request = assertRequest(desk.context)
    expect(request).toMatchObject({ incarnation: 2, headSeq: 0, session: { epoch: 1, open: true } })
    expect(request.entries.map(({ visitId, state }) => [visitId, state])).toEqual([
      [held.visitId, 'held'],
      [released.visitId, 'released'],
    ])
    expect(request.entries[0]).toMatchObject({ businessDate: TODAY, grant: { incarnation: 1, n: 1 } })
    expect(request.entries[0]).not.toHaveProperty('order')
    takeAssert(desk.context)
    expect(helloRequest(desk.context).incarnation).toBe(2)
    // What was not asserted is dealt anew: a grant that was still on the way from before is void.
    for (const grant of [grantOf(5), { ...grantOf(6), grant: { incarnation: 2, n: 1 } }]) takeGrant(desk.context, grant)
    expect(desk.repositories.hand.get(grantOf(5))).toBeNull()
    expect(desk.repositories.hand.get(grantOf(6))?.state).toBe('held')
  })

  it('gets the personal texts of this desk again, and not those that this desk has from it', () => {
    const desk = openTestDesk()
    takeHello(desk.context, reply())
    const text = { visitId: grantOf(1).visitId, key: 'nomor-surat', salt: 's'.repeat(22), value: 'LP/123' }
    const { personalTexts } = desk.repositories
    personalTexts.addOwn({ ...text, entryNo: 1 })
    personalTexts.addReceived({ ...text, entryNo: 2 })
    personalTexts.markSent({ ...text, entryNo: 1 })
    // The visit comes back here: its own text is told to it, too.
    personalTexts.addReceived({ ...text, entryNo: 1 })
    takeHello(desk.context, reply())
    expect(personalTexts.unsent(10)).toEqual([])
    takeHello(desk.context, reply({ incarnation: 2 }))
    expect(personalTexts.unsent(10)).toEqual([{ ...text, entryNo: 1 }])
  })

  it('is shown the newest head that it signed, whatever it forgot since', () => {
    const desk = openTestDesk()
    const head = { generation: 1, seq: 9, hash: 'a'.repeat(64), signature: 'b'.repeat(86) }
    desk.repositories.device.set({
      signed_generation: 1,
      signed_seq: 9,
      signed_hash: head.hash,
      signature: head.signature,
    })
    takeHello(desk.context, reply({ incarnation: 2 }))
    expect(helloRequest(desk.context).signedHead).toEqual(head)
  })
})

describe('a store', () => {
  /** A desk that has said hello once, closed, and what its sidecar knows. */
  function knownDesk() {
    const sidecar = memorySidecar()
    const desk = openTestDesk({ sidecar })
    takeHello(desk.context, reply())
    desk.store.close()
    return { folder: desk.folder, sidecar }
  }

  it('is not in doubt after a restart on its own machine', () => {
    expect(inDoubt(openTestDesk(knownDesk()))).toBe(false)
  })

  it('is in doubt without its sidecar, on another machine, and as an old copy', () => {
    const { folder } = knownDesk()
    expect(inDoubt(openTestDesk({ folder, sidecar: memorySidecar() }))).toBe(true)

    const moved = knownDesk()
    moved.sidecar.moveTo('other-pc')
    expect(inDoubt(openTestDesk(moved))).toBe(true)

    const old = knownDesk()
    old.sidecar.content = { nonce: 'nonce-7', pendingNonce: 'nonce-8', machine: 'this-pc' }
    expect(inDoubt(openTestDesk(old))).toBe(true)
  })

  it('fits whatever moment of taking a nonce the machine died at', () => {
    const before = knownDesk()
    const dying = openTestDesk(before)
    dying.context.store.transaction = () => {
      throw new Error('power cut')
    }
    expect(() => takeHello(dying.context, reply({ nonce: 'nonce-2' }))).toThrow('power cut')
    expect(before.sidecar.content).toEqual({ nonce: 'nonce-1', pendingNonce: 'nonce-2', machine: 'this-pc' })
    dying.store.close()
    expect(inDoubt(openTestDesk(before))).toBe(false)

    const after = knownDesk()
    const second = openTestDesk(after)
    second.context.identity.settle = () => {
      throw new Error('power cut')
    }
    expect(() => takeHello(second.context, reply({ nonce: 'nonce-2' }))).toThrow('power cut')
    second.store.close()
    expect(inDoubt(openTestDesk(after))).toBe(false)
  })

  it('in doubt does not get over it by an answer that it could not keep', () => {
    const copy = knownDesk()
    copy.sidecar.content = { nonce: 'nonce-7', pendingNonce: null, machine: 'this-pc' }
    const desk = openTestDesk(copy)
    desk.context.store.transaction = () => {
      throw new Error('power cut')
    }
    expect(() => takeHello(desk.context, reply({ nonce: 'nonce-9' }))).toThrow('power cut')
    desk.store.close()
    expect(inDoubt(openTestDesk(copy))).toBe(true)
  })
})

describe('the sidecar file', () => {
  it('stands beside the data folder, is whole or missing, and knows its machine', () => {
    const { folder } = openTestDesk()
    const path = join(folder, 'beside', 'machine.json')
    expect(sidecarPath('/var/lib/loket/data')).toBe('/var/lib/loket/data.machine/machine.json')
    const sidecar = createFileSidecar(path)
    expect(sidecar.read()).toBeNull()
    const content = { nonce: 'a', pendingNonce: 'b', machine: sidecar.machine() }
    sidecar.write(content)
    expect(createFileSidecar(path).read()).toEqual(content)
    expect(createFileSidecar(path).machine()).toMatch(/^[0-9a-f]{64}$/)
    expect(existsSync(`${path}.new`)).toBe(false)
  })
})
