import { businessDate } from '#domain/business-date.ts'
import type { MallContext } from '#server/context.ts'

const HOUR_MS = 3_600_000
const STEP_MS = 15 * 60_000

/** The instant at which the mall's present date began: zones differ from UTC by whole quarters of an hour. */
export function startOfToday({ now, mall }: Pick<MallContext, 'now' | 'mall'>): number {
  const date = businessDate(now(), mall.timeZone)
  let at = Math.floor(now() / STEP_MS) * STEP_MS
  for (let earliest = at - 26 * HOUR_MS; at > earliest; at -= STEP_MS) {
    if (businessDate(at - 1, mall.timeZone) !== date) break
  }
  return at
}
