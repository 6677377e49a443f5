/** What the server tells while a visitor waits for its answer: recalls at once, everything else after it. */
import { PassThrough } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { PAGE_BYTES } from '#contract/wire/agreed.ts'
import { readChanges } from '#main/host/sync/changes-stream.ts'
import { decodeMessage } from '#main/host/sync/decode-message.ts'
import { MallError } from '#main/host/sync/mall-client.ts'
import { createQuestions } from '#main/host/sync/questions.ts'
import { grantOf, openTestDesk } from '#tests/support/test-desk.ts'

const NOTED = { kind: 'noted', visitId: grantOf(1).visitId }
const RECALLED = { kind: 'recalled', visitId: grantOf(1).visitId, entryNo: 1, grant: { incarnation: 1, n: 1 } }

function follow(onFirst = () => {}) {
  const body = new PassThrough()
  const refusals: string[] = []
  const questions = createQuestions(openTestDesk().context.log, ({ code }) => refusals.push(code))
  const batches: string[][] = []
  let cursor = 0
  const abort = new AbortController()
  abort.signal.addEventListener('abort', () => body.end())
  const ended = readChanges(body, decodeMessage, abort, {
    busy: questions.busy,
    onBatch: (batch) => {
      batches.push(batch.map((one) => ('change' in one ? one.change.kind : 'unknown')))
      if (batches.length === 1) onFirst()
    },
  }).catch((error: unknown) => error)
  onTestFinished(() => void body.destroy())
  return {
    ...{ questions, refusals, batches, ended, abort },
    async tell(...changes: object[]) {
      body.write(changes.map((change) => `id: ${++cursor}\ndata: ${JSON.stringify(change)}\n\n`).join(''))
      await settle()
    },
    async tellPacked(...changes: object[]) {
      const page = changes.map((change) => `id: ${++cursor}\ndata: ${JSON.stringify(change)}\n\n`).join('')
      body.write(packed(page))
      await settle()
    },
    async tellText(text: string) {
      body.write(text)
      await settle()
    },
    async end() {
      body.end()
      await settle()
    },
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await nextTurn()
}

it('what comes while the desk waits for an answer is taken together, after the answer was used', async () => {
  const { questions, batches, tell } = follow()
  const answer = Promise.withResolvers<string>()
  const order: string[] = []
  const command = questions.askFirst(answer.promise).then((reply) => order.push(`${reply} ${batches.length}`))
  await tell(NOTED)
  await tell(NOTED, NOTED)
  expect(batches).toEqual([])
  answer.resolve('used before')
  await command
  await settle()
  expect(order).toEqual(['used before 0'])
  expect(batches).toEqual([['noted', 'noted', 'noted']])
  await tell(NOTED)
  expect(batches).toHaveLength(2)
})

it('a recall never waits, and takes along what came before it', async () => {
  const { questions, batches, tell } = follow()
  void questions.askFirst(new Promise(() => {}))
  await tell(NOTED)
  await tell(RECALLED)
  expect(batches).toEqual([['noted', 'recalled']])
  await tell(NOTED)
  expect(batches).toHaveLength(1)
})

it('a stream that ends meanwhile loses nothing of what it told', async () => {
  const { questions, batches, ended, tell, end } = follow()
  void questions.askFirst(new Promise(() => {}))
  await tell(NOTED)
  await end()
  expect(batches).toEqual([['noted']])
  expect(await ended).toMatchObject({ code: 'UNREACHABLE' })
})

it('no answer in time is none, says why, and holds nothing up any longer; another failure is the caller’s', async () => {
  const { questions, refusals, batches, tell } = follow()
  expect(await questions.askFirst(Promise.reject(new MallError('HELLO_NEEDED', 'who are you')))).toBeNull()
  expect(refusals).toEqual(['HELLO_NEEDED'])
  await expect(questions.askFirst(Promise.reject(new Error('disk full')))).rejects.toThrow('disk full')
  await settle()
  expect(questions.busy()).toBeNull()
  await tell(NOTED)
  expect(batches).toEqual([['noted']])
})

it('a packed page is taken like the same changes one by one, those of unknown kinds, too', async () => {
  const { batches, tell, tellPacked } = follow()
  await tellPacked(NOTED, RECALLED, { kind: 'from_the_future' })
  await tell(NOTED)
  expect(batches).toEqual([['noted', 'recalled', 'unknown'], ['noted']])
})

it('of a long list that comes in one piece no more than 500 are taken in one turn, in their order', async () => {
  const { batches, tellPacked } = follow()
  await tellPacked(...Array.from({ length: 1_199 }, () => NOTED), RECALLED)
  await expect.poll(() => batches.map(({ length }) => length)).toEqual([500, 500, 200])
  expect(batches.flat().at(-1)).toBe('recalled')
})

it('of a long list nothing is taken any more when the connection was ended meanwhile', async () => {
  const { batches, ended, abort, tellPacked } = follow(() => abort.abort(new Error('the host stops')))
  await tellPacked(...Array.from({ length: 1_200 }, () => NOTED))
  expect(await ended).toMatchObject({ code: 'UNREACHABLE', message: 'stream: Error: the host stops' })
  expect(batches.map(({ length }) => length)).toEqual([500])
})

it.each([
  ['what is not packed', 'event: packed\ndata: aGFsbw==\n\n'],
  ['what unpacks to very much', packed(Buffer.alloc(PAGE_BYTES + 1, 'x'))],
  ['half of a packed page', packed('id: 1\ndata: {}\n\n').replace(/.{12}\n\n$/, '\n\n')],
  ['a packed page in a packed page', packed(packed(`id: 1\ndata: ${JSON.stringify(NOTED)}\n\n`))],
  ['a change that is no JSON', 'id: 1\ndata: {\n\n'],
  ['a packed change that is no JSON', packed('id: 1\ndata: {\n\n')],
])('%s is not from a mall server, and nothing of it is taken', async (_what, text) => {
  const { batches, ended, tellText } = follow()
  await tellText(text)
  expect(await ended).toMatchObject({ code: 'NOT_A_MALL_SERVER' })
  expect(batches).toEqual([])
})

function packed(page: string | Buffer): string {
  return `event: packed\ndata: ${gzipSync(page).toString('base64')}\n\n`
}
