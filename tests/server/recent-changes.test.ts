import { expect, test } from 'vitest'
import { Bell } from '#server/stream/bell.ts'
import { RecentChanges } from '#server/stream/recent-changes.ts'

const change = (seq: number) => ({ seq, audience: 'm:mall', body: `{"n":${seq}}` })
const seqs = (recent: RecentChanges, after: number) => recent.after('m', after)?.map(({ seq }) => seq) ?? null

test('gives what comes after a cursor, and nothing when the cursor is further', () => {
  const recent = new RecentChanges()
  recent.add('m', [change(5), change(6)])
  recent.add('m', [change(7)])

  expect(seqs(recent, 4)).toEqual([5, 6, 7])
  expect(seqs(recent, 6)).toEqual([7])
  expect(seqs(recent, 9)).toEqual([])
})

test('never skips: behind a gap, of another mall and of what was let go it cannot say', () => {
  const recent = new RecentChanges()
  expect(seqs(recent, 0)).toBeNull()
  recent.add('m', [change(5)])
  recent.add('m', [change(7)])
  expect(seqs(recent, 5)).toBeNull()
  expect(seqs(recent, 6)).toEqual([7])
  expect(recent.after('other', 6)).toBeNull()
  for (let seq = 8; seq <= 4_000; seq += 1) recent.add('m', [change(seq)])
  expect(seqs(recent, 6)).toBeNull()
  expect(seqs(recent, 3_998)).toEqual([3_999, 4_000])
})

test('a look that was asked for is not lost between changes that are at hand', async () => {
  const bell = new Bell()
  const listener = bell.listen(['m:mall'])
  const news = (seq: number, woken: string[] = []) => ({ mallId: 'm', changes: [change(seq)], woken: new Set(woken) })
  bell.tell(news(1))
  expect(await listener.rung()).toBe('told')
  bell.tell(news(2, ['m:mall']))
  bell.tell(news(3))
  expect(await listener.rung()).toBe('look')
})
