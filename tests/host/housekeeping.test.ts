import { expect, it, vi } from 'vitest'
import { keepHouse } from '#main/host/housekeeping.ts'
import { openTestDesk } from '#tests/support/test-desk.ts'

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
