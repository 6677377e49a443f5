import { expect, it } from 'vitest'
import { type MallClient, MallError } from '#main/host/sync/mall-client.ts'
import { pushTexts } from '#main/host/sync/pusher.ts'
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
