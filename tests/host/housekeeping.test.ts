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

it.each([
  { room: 'enough room', pages: 1_000_000 },
  { room: 'too little room', pages: 700 },
])(
  'the first idle moment gives the log its length on a disk with $room, and the next does not try again',
  ({ pages }) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const desk = openTestDesk()
      const { db, file } = desk.store
      const warn = vi.spyOn(desk.context.log, 'warn')
      const reserveLog = vi.spyOn(desk.store, 'reserveLog')
      db.pragma(`max_page_count = ${pages}`)
      const house = keepHouse(desk.context)
      for (let n = 0; n < 2; n += 1) {
        house.touch()
        vi.advanceTimersByTime(2_000)
      }
      expect(reserveLog).toHaveBeenCalledTimes(1)
      const isFull = pages === 700
      expect(warn).toHaveBeenCalledTimes(isFull ? 1 : 0)
      expect(statSync(`${file}-wal`).size >= MB_4).toBe(!isFull)
      desk.store.transaction(() => db.pragma('user_version = 99'))
      expect(db.pragma('user_version', { simple: true })).toBe(99)
      house.stop()
    } finally {
      vi.useRealTimers()
    }
  },
)
