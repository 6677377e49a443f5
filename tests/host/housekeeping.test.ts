import { statSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import { keepHouse } from '#main/host/housekeeping.ts'
import { openTestDesk } from '#tests/support/test-desk.ts'

const MB_4 = 4_096_000

it('a desk that is never idle tidies up all the same after half a minute: by then what waited for no disk is there', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const desk = openTestDesk()
    const checkpoint = vi.spyOn(desk.store, 'checkpoint')
    const house = keepHouse(desk.context)
    const work = (seconds: number) => {
      for (let n = 0; n < seconds; n += 1) {
        desk.clock.pass(1_000)
        vi.advanceTimersByTime(1_000)
        house.touch()
      }
    }
    work(29)
    expect(checkpoint).not.toHaveBeenCalled()
    work(4)
    expect(checkpoint).toHaveBeenCalledTimes(1)
    house.stop()
  } finally {
    vi.useRealTimers()
  }
})

it('the first idle moment gives the log its length, and a disk without room for it keeps nobody from working', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const desk = openTestDesk()
    const { db } = desk.store
    const pages = db.pragma('page_count', { simple: true }) as number
    db.pragma(`max_page_count = ${pages + 20}`)
    const house = keepHouse(desk.context)
    vi.advanceTimersByTime(2_000)
    expect(statSync(`${desk.store.file}-wal`).size).toBeLessThan(MB_4)
    db.pragma('max_page_count = 1000000')
    house.touch()
    vi.advanceTimersByTime(2_000)
    expect(statSync(`${desk.store.file}-wal`).size).toBeGreaterThanOrEqual(MB_4)
    house.stop()
  } finally {
    vi.useRealTimers()
  }
})
