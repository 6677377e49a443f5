import { expect, it } from 'vitest'
import { type MallClient, MallError } from '#main/host/sync/mall-client.ts'
import { pushNotes, pushTexts } from '#main/host/sync/pusher.ts'
import { openTestDesk } from '#tests/support/test-desk.ts'

it('texts that the server refuses, however many, do not hold up the one behind them', async () => {
  const desk = openTestDesk()
  const { personalTexts } = desk.repositories
  const write = (n: number) => {
    const salt = String(n).padStart(22, 'x')
    const visitId = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
    personalTexts.addOwn({ visitId, entryNo: 1, key: n < 250 ? 'unexpected' : 'letter', salt, value: 'LP/77' })
  }
  for (let n = 0; n <= 250; n += 1) write(n)
  const taken: string[] = []
  const client = {
    personalTexts(texts: readonly { key: string }[]) {
      if (texts.length > 100) throw new Error('more than one request may hold')
      if (texts.some(({ key }) => key === 'unexpected')) return Promise.reject(new MallError('NOT_FOUND', 'no event'))
      taken.push(...texts.map(({ key }) => key))
      return Promise.resolve({ stored: texts.length })
    },
  } as unknown as MallClient
  const refused = new Set<string>()
  await pushTexts(desk.context, client, refused)

  expect(taken).toEqual(['letter'])
  expect(refused.size).toBe(250)
  expect(personalTexts.unsent(999)).toHaveLength(250)
})

it.each(['personalTexts', 'notes'] as const)(
  'what is written while %s are on their way waits for the next round: its event has not arrived',
  async (kind) => {
    const desk = openTestDesk()
    const ref = desk.grant(1)
    await desk.call('queue.callNext')
    await desk.call('queue.startServing', ref)
    const write = async (value: string) => {
      if (kind === 'notes') return desk.call('queue.note', { ...ref, text: value })
      return desk.repositories.personalTexts.addOwn({ ...ref, key: value, salt: value.padEnd(22, 'x'), value })
    }
    const rounds: string[][] = []
    const client = {
      async [kind](texts: readonly { value: string }[]) {
        rounds.at(-1)?.push(...texts.map(({ value }) => value))
        if (rounds.flat().length === 1) await write('second')
        return { stored: texts.length }
      },
    } as unknown as MallClient
    await write('first')
    for (let round = 1; round <= 3; round += 1) {
      rounds.push([])
      await (kind === 'notes' ? pushNotes : pushTexts)(desk.context, client, new Set())
    }
    expect(rounds).toEqual([['first'], ['second'], []])
  },
)
