/** The day of each counter as CSV: opened, closed, minutes paused and why. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { counterDays, isSessionFact } from '#server/export/counter-days.ts'
import { runExport } from '#server/export/run-export.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

const MINUTE = 60_000
type Fact = Parameters<typeof counterDays>[0][number]

const fact = (type: Fact['type'], at: number, counterId = 'a'): Fact => {
  const envelope = {
    v: 1,
    device: 'd',
    generation: 1,
    seq: 1,
    offset: 0,
    counterId,
    epoch: 1,
    officerId: null,
  } as const
  const data = { counterId, epoch: 1, reason: 'break' as const }
  return { ...envelope, at, type, data } as Fact
}

describe('a counter’s day', () => {
  test('counts every stretch that it was open and every pause in it', () => {
    const days = counterDays(
      [
        ...[fact('counter.opened', 0), fact('counter.paused', 10), fact('counter.resumed', 25)],
        ...[fact('counter.closed', 40), fact('counter.opened', 60), fact('counter.closed', 90)],
      ],
      1_000,
    )
    expect(days).toEqual([
      { counterId: 'a', openedAt: 0, closedAt: 90, openMs: 70, pausedMs: new Map([['break', 15]]) },
    ])
  })

  test('that has not ended is counted until now, its pause too; what another day began is left out', () => {
    const days = counterDays(
      [fact('counter.resumed', 1, 'b'), fact('counter.opened', 10), fact('counter.paused', 20)],
      50,
    )
    expect(days).toEqual([
      { counterId: 'a', openedAt: 10, closedAt: null, openMs: 40, pausedMs: new Map([['break', 30]]) },
    ])
  })

  test('whatever was written, nobody paused longer than the counter was open, or was open longer than the day', () => {
    const types = ['counter.opened', 'counter.closed', 'counter.paused', 'counter.resumed'] as const
    const facts = fc.array(fc.tuple(fc.constantFrom(...types), fc.nat(1_000), fc.constantFrom('a', 'b')))
    fc.assert(
      fc.property(facts, (list) => {
        const sorted = list.map(([type, at, id]) => fact(type, at, id)).toSorted((a, b) => a.at - b.at)
        expect(sorted.every(isSessionFact)).toBe(true)
        for (const { openedAt, openMs, pausedMs } of counterDays(sorted, 1_000)) {
          const paused = [...pausedMs.values()].reduce((sum, ms) => sum + ms, 0)
          expect(paused).toBeLessThanOrEqual(openMs)
          expect(openMs).toBeLessThanOrEqual(1_000 - openedAt)
        }
      }),
    )
  })
})

test('the export writes one row for each counter of that date, in mall time', async () => {
  const mall = await TestMall.start()
  const one = await mall.counter('dukcapil-1')
  await one.open()
  mall.now += 30 * MINUTE
  one.recordPaused()
  mall.now += 15 * MINUTE
  one.recordSession('resumed')
  mall.now += 60 * MINUTE
  one.recordSession('closed')
  await one.push()
  const out = join(mall.dataDir, 'counters.csv')
  await runExport(['--date', '2026-11-16', '--out', out, '--data', mall.dataDir, '--counters'])

  const [header, row, ...rest] = readFileSync(out, 'utf8').slice(1).trimEnd().split('\r\n')
  expect(header).toBe('tanggal,MPP,instansi,loket,buka,tutup,menit buka,menit istirahat,alasan istirahat')
  expect(row).toBe('2026-11-16,Mal Uji,Dinas Dukcapil,2,09:00:00,10:45:00,105,15,Istirahat 15')
  expect(rest).toEqual([])
})
