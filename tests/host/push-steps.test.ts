/** What is pushed, in which batches, and what acknowledgements do to the store. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { signedHeadText } from '#contract/wire/agreed.ts'
import type { HelloReply } from '#contract/wire/hello.ts'
import type { PushReply, PushRequest } from '#contract/wire/push.ts'
import { GENESIS } from '#domain/chain.ts'
import { type MallClient, MallError } from '#main/host/sync/mall-client.ts'
import { pushAll, pushTexts } from '#main/host/sync/pusher.ts'
import { takeHello } from '#main/host/sync/steps/hello.ts'
import { nextPush } from '#main/host/sync/steps/next-push.ts'
import { takePush, takePushFailure } from '#main/host/sync/steps/take-push.ts'
import { unsentCount } from '#main/host/sync/steps/unsent.ts'
import { WITHHOLD_MS } from '#main/host/withhold.ts'
import { findingsOf, NINE, openTestDesk, type TestDesk } from '#tests/support/test-desk.ts'

/** A desk with so many facts: each call and its undo are two. */
async function deskWith(facts: number): Promise<TestDesk> {
  const desk = openTestDesk()
  desk.grant(1)
  for (let n = 0; n < facts; n += 1) await desk.call(n % 2 === 0 ? 'queue.callNext' : 'queue.undo')
  return desk
}

function replyTo(request: PushRequest, over: Partial<PushReply> = {}): PushReply {
  const last = request.events.at(-1)
  const head = { ackedSeq: last?.seq ?? 0, headHash: last?.hash ?? GENESIS }
  return { ...head, serverTime: NINE, findings: [], signature: 'x'.repeat(86), ...over }
}

const span = (push: PushRequest | null) => push && [push.generation, push.fromSeq, push.events.length]

describe('the next batch', () => {
  it('goes on where the server is, 500 events at most, and a second one follows the first', async () => {
    const desk = await deskWith(602)
    const first = nextPush(desk.context)
    expect(span(first)).toEqual([1, 1, 500])
    expect(first?.prevHash).toBe(GENESIS)
    const second = nextPush(desk.context, first)
    expect(span(second)).toEqual([1, 501, 102])
    expect(second?.prevHash).toBe(first?.events.at(-1)?.hash)
    expect(nextPush(desk.context, second)).toBeNull()
    takePush(desk.context, first as PushRequest, replyTo(first as PushRequest))
    expect(span(nextPush(desk.context))).toEqual([1, 501, 102])
    expect(unsentCount(desk.context)).toBe(102)
  })

  it('keeps a give-away back for its eight seconds, and counts it as unsent', async () => {
    const desk = await deskWith(1)
    const ref = { visitId: desk.repositories.entries.current()?.visitId, entryNo: 1 }
    await desk.call('queue.forward', { ...ref, toServiceId: 'ktp-el-baru', handsOver: null })
    expect(span(nextPush(desk.context))).toEqual([1, 1, 1])
    expect(unsentCount(desk.context)).toBe(2)
    desk.clock.pass(WITHHOLD_MS)
    expect(span(nextPush(desk.context))).toEqual([1, 1, 2])
  })

  it('never ends between a give-away and its undo', async () => {
    const desk = await deskWith(498)
    const ref = { visitId: '00000000-0000-4000-8000-000000000001', entryNo: 1 }
    await desk.call('queue.callNext')
    await desk.call('queue.forward', { ...ref, toServiceId: 'ktp-el-baru', handsOver: null })
    await desk.call('queue.undo')
    expect(desk.repositories.events.get(1, 500)?.type).toBe('entry.forwarded')
    const first = nextPush(desk.context)
    expect(span(first)).toEqual([1, 1, 499])
    expect(span(nextPush(desk.context, first))).toEqual([1, 500, 2])
  })

  it('is the rest of an earlier generation first, until the server has it or will never take it', async () => {
    const desk = await deskWith(4)
    desk.repositories.device.set({ acked_seq: 2, incarnation: 1 })
    const readmitted = { incarnation: 1, generation: 2, nonce: 'n', ackedSeq: 0, headHash: GENESIS }
    takeHello(desk.context, { ...readmitted, assertNeeded: false, session: null, serverTime: NINE })
    await desk.call('session.signOut')
    const older = nextPush(desk.context) as PushRequest
    expect(span(older)).toEqual([1, 3, 2])
    expect(nextPush(desk.context, older)).toBeNull()
    expect(unsentCount(desk.context)).toBe(3)
    takePushFailure(desk.context, older, 'INTERNAL')
    expect(span(nextPush(desk.context))).toEqual([1, 3, 2])
    takePushFailure(desk.context, older, 'CHAIN_FORK')
    expect(span(nextPush(desk.context))).toEqual([2, 1, 1])
    expect(desk.context.identity.inDoubt()).toBe(false)
  })
})

describe('an acknowledgement', () => {
  it('may be lower than before, and brings findings once', async () => {
    const desk = await deskWith(4)
    const request = nextPush(desk.context) as PushRequest
    const found = replyTo(request, { findings: [{ seq: 1, code: 'VOID_GRANT' }] })
    for (let n = 0; n < 2; n += 1) expect(takePush(desk.context, request, found)).toBe(true)
    expect(desk.repositories.findings.unsettled()).toMatchObject([{ seq: 1, code: 'VOID_GRANT', foundAt: NINE }])
    const lower = replyTo(request, { ackedSeq: 2, headHash: desk.repositories.events.get(1, 2)?.hash ?? '' })
    expect(takePush(desk.context, request, lower)).toBe(true)
    expect(unsentCount(desk.context)).toBe(2)
  })

  it('of which the server has more than was sent is acknowledged as far as it was sent: findings of the rest come with the rest', async () => {
    const desk = await deskWith(602)
    const whole = nextPush(desk.context) as PushRequest
    const end = nextPush(desk.context, whole) as PushRequest
    takePush(desk.context, whole, replyTo(end))
    expect(unsentCount(desk.context)).toBe(102)
    takePush(desk.context, end, replyTo(end, { findings: [{ seq: 502, code: 'VOID_GRANT' }] }))
    expect(unsentCount(desk.context)).toBe(0)
    expect(desk.repositories.findings.unsettled()).toMatchObject([{ seq: 502, code: 'VOID_GRANT' }])
  })

  it('is not taken from hello: what was sent without an answer is sent again, and brings its findings', async () => {
    const desk = await deskWith(4)
    const request = nextPush(desk.context) as PushRequest
    takePush(desk.context, request, replyTo(request, { ackedSeq: 2, headHash: request.events[1]?.hash ?? '' }))
    const { incarnation } = desk.repositories.device.get() ?? { incarnation: 0 }
    takeHello(desk.context, {
      ...{ generation: 1, ackedSeq: 4, headHash: request.events[3]?.hash ?? GENESIS, incarnation, session: null },
      ...{ nonce: 'n'.repeat(43), serverTime: NINE, assertNeeded: false },
    } as HelloReply)
    expect(span(nextPush(desk.context))).toEqual([1, 3, 2])
  })

  it('waits for the disk when it brings findings, which are told once, and else for nothing', async () => {
    const desk = await deskWith(4)
    const mustLast = vi.spyOn(desk.store, 'mustLast')
    const request = nextPush(desk.context) as PushRequest
    takePush(desk.context, request, replyTo(request))
    expect(mustLast).not.toHaveBeenCalled()
    takePush(desk.context, request, replyTo(request, { findings: [{ seq: 1, code: 'VOID_GRANT' }] }))
    expect(mustLast).toHaveBeenCalledTimes(1)
  })

  it('of another log is a fork: nothing is taken, and the hand is locked', async () => {
    const desk = await deskWith(2)
    const request = nextPush(desk.context) as PushRequest
    expect(takePush(desk.context, request, replyTo(request, { headHash: 'f'.repeat(64) }))).toBe(false)
    expect(desk.repositories.device.get()?.acked_seq).toBe(0)
    expect(await desk.call('queue.callNext')).toMatchObject({ code: 'STORE_IN_DOUBT' })
  })

  it('counts only with the signature of this server, and its head is kept', async () => {
    const desk = await deskWith(2)
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    desk.store.db.prepare('UPDATE device SET server_key = ?').run(publicKey.export({ format: 'jwk' }).x)
    const request = nextPush(desk.context) as PushRequest
    expect(takePush(desk.context, request, replyTo(request))).toBe(false)
    const { ackedSeq, headHash } = replyTo(request)
    const deviceId = desk.repositories.device.get()?.device_id ?? ''
    const text = signedHeadText(deviceId, { generation: 1, seq: ackedSeq, hash: headHash })
    const signature = sign(null, Buffer.from(text), privateKey).toString('base64url')
    expect(takePush(desk.context, request, replyTo(request, { signature }))).toBe(true)
    expect(desk.repositories.device.get()).toMatchObject({ acked_seq: 2, signed_seq: 2, signature })
    expect(findingsOf(desk)).toEqual([])
  })
})

describe('a backlog', () => {
  /** A server that answers when the test says so, on a network that takes a request at once or when `sent` says so. */
  function server(
    desk: TestDesk,
    answer: (request: PushRequest, n: number) => Promise<PushReply>,
    sent: (onSent: () => void) => void = (onSent) => onSent(),
  ) {
    const asked: PushRequest[] = []
    const push: MallClient['push'] = (request, onSent) => {
      const reply = answer(request, asked.push(request))
      sent(onSent)
      return reply
    }
    return { asked, done: pushAll(desk.context, { push } as MallClient, () => {}) }
  }

  it('travels in three batches at once', async () => {
    const desk = await deskWith(1_502)
    let free = () => {}
    const first = new Promise<void>((resolve) => {
      free = resolve
    })
    const { asked, done } = server(desk, async (request, n) => {
      if (n === 1) await first
      return replyTo(request)
    })
    await expect
      .poll(() => asked.map(span))
      .toEqual([
        [1, 1, 500],
        [1, 501, 500],
        [1, 1_001, 500],
      ])
    free()
    await done
    expect(asked.map(span).at(-1)).toEqual([1, 1_501, 2])
    expect(asked).toHaveLength(4)
    expect(unsentCount(desk.context)).toBe(0)
  })

  it('sends a batch only when the one before it is on its way', async () => {
    const desk = await deskWith(602)
    const leaving: (() => void)[] = []
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
    const { asked, done } = server(
      desk,
      async (request) => {
        await answered
        return replyTo(request)
      },
      (onSent) => leaving.push(onSent),
    )
    // More turns of the loop than a batch needs to leave.
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(asked.map(span)).toEqual([[1, 1, 500]])
    leaving[0]?.()
    await expect.poll(() => asked.map(span)).toHaveLength(2)
    answer()
    await done
    expect(unsentCount(desk.context)).toBe(0)
  })

  it('whose second batch overtook the first sends it again, and nothing behind it before', async () => {
    const desk = await deskWith(2_002)
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
    const { asked, done } = server(desk, async (request, n) => {
      if (n === 2) throw new MallError('CHAIN_GAP', 'too early')
      if (n === 1) await answered
      return replyTo(request)
    })
    await expect.poll(() => asked.length).toBeGreaterThan(1)
    answer()
    await done
    const spans = asked.map(span)
    expect(spans.filter((one) => one?.[1] === 501)).toHaveLength(2)
    // The third may have left before the second failed; a fourth may not.
    expect(spans.findIndex((one) => one?.[1] === 1_501)).toBeGreaterThan(spans.findLastIndex((one) => one?.[1] === 501))
    expect(unsentCount(desk.context)).toBe(0)
  })

  it('sends nothing behind a batch that failed before it had left', async () => {
    const desk = await deskWith(1_102)
    const { asked, done } = server(
      desk,
      async () => {
        throw new MallError('UNREACHABLE', 'no way')
      },
      () => {},
    )
    await expect(done).rejects.toThrow('no way')
    expect(asked.map(span)).toEqual([[1, 1, 500]])
  })

  it('takes an answer that is there although the batch behind it cannot leave', async () => {
    const desk = await deskWith(1_102)
    const { promise: stuck, resolve: end } = Promise.withResolvers<void>()
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
    const leaving: (() => void)[] = []
    const { asked, done } = server(
      desk,
      async (request, n) => {
        await (n === 1 ? answered : stuck)
        return replyTo(request)
      },
      (onSent) => leaving.push(onSent),
    )
    leaving[0]?.()
    await expect.poll(() => asked.map(span)).toHaveLength(2)
    answer()
    await expect.poll(() => unsentCount(desk.context)).toBe(602)
    end()
    await done
    expect(unsentCount(desk.context)).toBe(0)
  })

  it('whose first batch fails takes nothing from the second', async () => {
    const desk = await deskWith(602)
    const { done } = server(desk, async (request, n) => {
      if (n === 1) throw new MallError('UNREACHABLE', 'cut')
      return replyTo(request)
    })
    await expect(done).rejects.toThrow('cut')
    expect(unsentCount(desk.context)).toBe(602)
  })

  it('that is answered without being taken is not sent for ever', async () => {
    const desk = await deskWith(2)
    const { asked, done } = server(desk, async (request) => replyTo(request, { ackedSeq: 0, headHash: GENESIS }))
    await done
    expect(asked).toHaveLength(1)
  })
})

describe('personal texts', () => {
  it('go on although one is refused, and that one is left alone until it is forgotten', async () => {
    const desk = openTestDesk()
    const text = (entryNo: number) => ({
      visitId: '00000000-0000-4000-8000-000000000001',
      entryNo,
      key: 'nomor-surat',
      salt: `salt-${entryNo}`.padEnd(22, 'x'),
      value: 'B/1',
    })
    desk.store.transaction(() => {
      for (const entryNo of [1, 2, 3]) desk.repositories.personalTexts.addOwn(text(entryNo))
    })
    let asked = 0
    const client = {
      async personalTexts(texts: readonly { entryNo: number }[]) {
        asked += 1
        if (texts.some(({ entryNo }) => entryNo === 2)) throw new MallError('NOT_FOUND', 'no event hands it over')
        return { stored: texts.length }
      },
    } as unknown as MallClient
    const refused = new Set<string>()

    await pushTexts(desk.context, client, refused)
    expect(desk.repositories.personalTexts.unsent(10).map(({ entryNo }) => entryNo)).toEqual([2])
    const before = asked
    await pushTexts(desk.context, client, refused)
    expect(asked).toBe(before)
    refused.clear()
    await pushTexts(desk.context, client, refused)
    expect(asked).toBeGreaterThan(before)
  })
})
