import { vi } from 'vitest'
import { keepHouse } from '#main/host/housekeeping.ts'
import type { TestDesk } from '#tests/support/test-desk.ts'

/** One idle moment of the desk after the other, until there is nothing more to tidy. */
export function idle(desk: TestDesk): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const house = keepHouse(desk.context)
    vi.runAllTimers()
    house.stop()
  } finally {
    vi.useRealTimers()
  }
}
