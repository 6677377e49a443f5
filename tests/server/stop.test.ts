/** A server that is told to end while somebody waits for it. */
import { expect, test } from 'vitest'
import { UnderWay } from '#server/under-way.ts'
import { openLink } from '#tests/server/support/test-link.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

type Way = 'by HTTP' | 'over a link'

/** `two` has asked for what `one` holds, and waits as long as the server waits for `one`. */
async function asking(way: Way, recallMs = 600) {
  const mall = await TestMall.start({ recallMs })
  const desk = await mall.frontDesk()
  const [one, two] = [await mall.counter('dukcapil-1'), await mall.counter('dukcapil-2')]
  await one.open()
  await two.open()
  await desk.issue('D-001', 'ktp')
  await mall.hear(one, two)
  const reader = await one.changes()
  const improve = ['/v1/hands/improve', { epoch: two.epoch }] as const
  const answer = way === 'by HTTP' ? two.call(...improve) : (await openLink(mall, two)).ask(...improve)
  // Who fails before being awaited has failed once, not twice.
  answer.catch(() => {})
  while ((await reader.next()).kind !== 'recalled') {}
  return { mall, one, answer }
}

test.each<Way>(['by HTTP', 'over a link'])('what it was asked %s before, it answers', async (way) => {
  const { mall, answer } = await asking(way)
  await mall.close()
  expect(await answer).toEqual({ status: 200, body: { grants: [] } })
})

test('who asks while it waits is answered as ever', async () => {
  const { mall, one, answer } = await asking('over a link')
  const ending = mall.close()
  const heartbeat = one.call('/v1/heartbeats', { incarnation: 1, epoch: one.epoch })
  expect((await heartbeat).status).toBe(200)
  expect((await answer).status).toBe(200)
  await ending
})

test('a stream that is opened while it waits ends at once, and holds nothing up', async () => {
  const { mall, one, answer } = await asking('over a link')
  const ending = mall.close().then(() => 'server')
  const stream = await one.changes()
  expect(await Promise.race([ending, stream.ended.then(() => 'stream')])).toBe('stream')
  expect((await answer).status).toBe(200)
  await ending
})

test('it does not wait for who would wait for long', async () => {
  const { mall, answer } = await asking('by HTTP', 2_500)
  const first = await Promise.race([mall.close().then(() => 'ended'), answer.then(() => 'answered')])
  expect(first).toBe('ended')
  await expect(answer).rejects.toThrow('fetch failed')
})

test('what is begun while it waits is waited for, too, and what fails is no reason to fail', async () => {
  const underWay = new UnderWay()
  const done: string[] = []
  const work = async (name: string, then = () => {}) => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    done.push(name)
    then()
  }
  const failing = () => {
    void underWay.hold(work('second'))
    throw new Error('first has failed')
  }
  underWay.hold(work('first', failing)).catch(() => {})
  await underWay.ended()
  expect(done).toEqual(['first', 'second'])
})

test('what comes in the turn in which the last answers are written is waited for, too', async () => {
  const underWay = new UnderWay()
  let isDone = false
  setImmediate(() => {
    void underWay.hold(new Promise((resolve) => setTimeout(resolve, 5))).then(() => {
      isDone = true
    })
  })
  await underWay.ended()
  expect(isDone).toBe(true)
})
