/** scale: a mall's day on one machine. */
import type { Figure } from '#tests/bench/result.ts'
import { mallDay } from '#tests/bench/scale/day.ts'

export async function scale(): Promise<Figure[]> {
  return mallDay()
}
