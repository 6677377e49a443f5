/** scale: a mall's day on one machine, and a province on one database. */
import type { Figure } from '#tests/bench/result.ts'
import { mallDay } from '#tests/bench/scale/day.ts'
import { province } from '#tests/bench/scale/province.ts'

export async function scale(): Promise<Figure[]> {
  return [...(await mallDay()), ...(await province())]
}
